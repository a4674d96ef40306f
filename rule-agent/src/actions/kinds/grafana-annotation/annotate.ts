import { z } from 'zod';
import type { Endpoint } from '../../../http/endpoint.ts';
import type { ActionRequest, Occasion } from '../../../model/action-request.ts';
import { fillText } from '../../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../../action.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from '../../http-answers.ts';
import type { OpenSystem } from '../../kind.ts';

export interface AnnotationRequest extends ActionRequest {
  /** A template. */
  text: string;
  tags: readonly string[];
}

const annotationsSchema = z.array(z.object({ id: z.int() }));

/**
 * The four steps of an annotation, which is known by a tag with the episode.
 * Source: Grafana's annotations HTTP API.
 */
export function annotatingGrafana(
  endpoint: Endpoint,
  now: () => number,
): Omit<OpenSystem<AnnotationRequest>, 'close'> {
  return {
    async plan(request, occasion): Promise<PlanResult> {
      const { kind, system, name } = request;
      const found = await readOwn(endpoint, system, occasion);
      if (found.kind === 'unreadable') return { kind: 'impossible', because: found.because };
      const to = fillText(request.text, occasion);
      const plan = { kind, system, name, from: null, to, version: '', request, occasion };
      if (found.id === undefined) return { kind: 'change', plan };
      return { kind: 'nothing_to_do', because: 'the episode is marked already', plan };
    },
    async apply({ system, request, occasion }): Promise<ApplyResult> {
      const found = await readOwn(endpoint, system, occasion);
      if (found.kind === 'unreadable') return { kind: 'refused', because: found.because };
      if (found.id !== undefined) return { kind: 'applied' };
      const answer = await endpoint.send({
        method: 'POST',
        path: '/api/annotations',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          time: occasion.firingStart,
          timeEnd: Math.max(now(), occasion.firingStart),
          tags: [tagOf(occasion), 'evenkeel', ...request.tags],
          text: fillText(request.text, occasion),
        }),
        repeatable: false,
      });
      return readWriteAnswer(system, answer);
    },
    async verify({ system, occasion }): Promise<Inspection> {
      const found = await readOwn(endpoint, system, occasion);
      if (found.kind === 'unreadable') return 'unreachable';
      return found.id === undefined ? 'not_applied' : 'applied';
    },
    async revert({ system, occasion }): Promise<ApplyResult> {
      const found = await readOwn(endpoint, system, occasion);
      if (found.kind === 'unreadable') return { kind: 'unclear', because: found.because };
      if (found.id === undefined) return { kind: 'applied' };
      const path = `/api/annotations/${found.id}`;
      return readWriteAnswer(system, await endpoint.send({ method: 'DELETE', path, repeatable: true }));
    },
  };
}

type Own = { kind: 'read'; id: number | undefined } | Unreadable;

async function readOwn(endpoint: Endpoint, system: string, occasion: Occasion): Promise<Own> {
  const query = { tags: tagOf(occasion), type: 'annotation', limit: '1' };
  const sent = await endpoint.send({ method: 'GET', path: '/api/annotations', query, repeatable: true });
  const answer = readJsonAnswer(system, sent, 'its annotations');
  if (answer.kind === 'unreadable') return answer;
  const annotations = annotationsSchema.safeParse(answer.json);
  if (!annotations.success) return unreadable(`${system} did not answer with annotations`);
  return { kind: 'read', id: annotations.data[0]?.id };
}

function tagOf({ episode }: Occasion): string {
  return `evenkeel:${episode}`;
}
