import { z } from 'zod';
import { plainText } from '../../../schema/templates.ts';
import { httpUrl } from '../../../schema/urls.ts';
import type { ActionKind } from '../../kind.ts';
import { type MoveRequest, movingNumbers } from '../../numbers/move.ts';
import {
  checkNumberChange,
  numberChangeDetails,
  numberChangeFields,
  toNumberChange,
} from '../../numbers/number-change.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { namedResource } from '../../resource.ts';

const actionSchema = z
  .strictObject({ name: plainText, ...numberChangeFields })
  .superRefine(checkNumberChange);

/**
 * Moves knobs over HTTP: `GET` with ETag, `PUT` with If-Match and Idempotency-Key.
 *
 * Of several agents the leader also sends its Fencing-Token; a system that remembers the highest one it has seen can
 * refuse an agent that was held up for so long that another one has taken over.
 */
export const knob: ActionKind<string, z.output<typeof actionSchema>, MoveRequest> = {
  name: 'knob',
  isMessage: false,
  isSwitchable: true,
  // The collection of its knobs, for example http://127.0.0.1:8005/api/v1/admin/knobs.
  system: { key: 'knobs', schema: httpUrl },
  action: {
    schema: actionSchema,
    toRequest: ({ system, name, ...change }) => ({
      ...{ kind: 'knob', system, name },
      ...toNumberChange(change),
    }),
  },
  resource: namedResource,
  details: numberChangeDetails,
  open(system, { fence }) {
    const endpoint = openEndpoint(system, { url: system.settings });
    const find = (name: string) => ({
      ...{ system: system.name, name, endpoint },
      path: `/${encodeURIComponent(name)}`,
    });
    return { ...movingNumbers({ find, fence }), close: () => endpoint.close() };
  },
};
