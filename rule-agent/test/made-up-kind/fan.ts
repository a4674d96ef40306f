import { z } from 'zod';
import type { ActionKind, NamedSystem, OpenSystem } from '../../src/actions/kind.ts';
import { detailsOf } from '../../src/actions/kind.ts';
import { openEndpoint } from '../../src/actions/open-endpoint.ts';
import { resourceByLabels, type SpelledOutRequest } from '../../src/actions/resource.ts';
import { readingLabels } from '../../src/actions/spelled-out.ts';
import { plainText } from '../../src/schema/templates.ts';
import { httpUrl } from '../../src/schema/urls.ts';

const LEVELS = ['off', 'low', 'high'] as const;
const level = z.enum(LEVELS);

const systemSchema = z.strictObject({ hub: httpUrl, names: z.record(plainText, z.array(plainText)) });
const actionSchema = z.strictObject({ name: plainText, level });

type Settings = z.output<typeof systemSchema>;

interface FanRequest extends SpelledOutRequest {
  level: (typeof LEVELS)[number];
}

/** A kind that nobody needs: fans on a hub. */
export const fan: ActionKind<Settings, z.output<typeof actionSchema>, FanRequest> = {
  name: 'fan',
  isMessage: false,
  system: { key: 'fans', schema: systemSchema, names: ({ names }) => readingLabels(names) },
  action: {
    schema: actionSchema,
    toRequest: ({ system, name, level: wanted }, spelledOut) => ({
      ...{ kind: 'fan', system, name, level: wanted },
      ...spelledOut,
    }),
  },
  resource: resourceByLabels,
  details: detailsOf(z.object({ level }), ({ level: wanted }: FanRequest) => ({ level: wanted })),
  open: openHub,
};

function openHub(system: NamedSystem<Settings>): OpenSystem<FanRequest> {
  const hub = openEndpoint(system, { url: system.settings.hub });
  const read = async (name: string) => {
    const answer = await hub.send({ method: 'GET', path: `/${name}`, repeatable: true });
    return answer.kind === 'answered' ? answer.text : undefined;
  };
  const set = async (name: string, body: string) => {
    const answer = await hub.send({ method: 'PUT', path: `/${name}`, body, repeatable: true });
    return answer.kind === 'answered'
      ? ({ kind: 'applied' } as const)
      : ({ kind: 'unclear', because: answer.because } as const);
  };
  return {
    async plan(request, occasion) {
      const { kind, name, level: to } = request;
      const from = await read(name);
      if (from === undefined) return { kind: 'impossible', because: 'the hub cannot be reached' };
      const plan = { ...{ kind, system: system.name, name, from, to, version: '' }, request, occasion };
      return from === to
        ? { kind: 'nothing_to_do', because: `at ${to} already`, plan }
        : { kind: 'change', plan };
    },
    apply: ({ name, to }) => set(name, String(to)),
    verify: async ({ name, to }) => ((await read(name)) === to ? 'applied' : 'not_applied'),
    revert: ({ name, from }) => set(name, String(from)),
    close: () => hub.close(),
  };
}
