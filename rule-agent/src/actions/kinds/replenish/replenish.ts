import { z } from 'zod';
import { httpUrl } from '../../../schema/urls.ts';
import type { ActionKind } from '../../kind.ts';
import { type MoveRequest, movingNumbers } from '../../numbers/move.ts';
import {
  checkNumberChange,
  numberChangeDetails,
  numberChangeFields,
  toNumberChange,
  type WrittenNumberChange,
} from '../../numbers/number-change.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { namedResource } from '../../resource.ts';

/** Where a system keeps the factor on its reorder points, and between which values a rule may move it. */
const systemSchema = z
  .strictObject({ url: httpUrl, min: z.number().min(0), max: z.number().positive() })
  .refine(({ min, max }) => min <= max, 'min cannot be more than max');

/** Moves the factor on the reorder points of an inventory system, which orders by them at its next review of stock. */
export const replenish: ActionKind<z.output<typeof systemSchema>, WrittenNumberChange, MoveRequest> = {
  name: 'replenish',
  isMessage: false,
  system: { key: 'replenish', schema: systemSchema },
  action: {
    schema: z.strictObject(numberChangeFields).superRefine(checkNumberChange),
    toRequest: ({ system, ...change }) => ({
      ...{ kind: 'replenish', system, name: 'reorder_points' },
      ...toNumberChange(change),
    }),
  },
  resource: namedResource,
  details: numberChangeDetails,
  open(system, { fence }) {
    const { url, min, max } = system.settings;
    const endpoint = openEndpoint(system, { url });
    const find = (name: string) => ({ system: system.name, name, endpoint, path: '' });
    return { ...movingNumbers({ find, fence, bounds: { min, max } }), close: () => endpoint.close() };
  },
};
