import type { Endpoint } from '../../http/endpoint.ts';
import type { ReplenishRequest } from '../../model/action-request.ts';
import type { Fence, Kind } from './kind.ts';
import { moving } from './moving.ts';

/** Where a system keeps the factor on its reorder points, and between which values a rule may move it. */
export interface ReplenishSystem {
  endpoint: Endpoint;
  min: number;
  max: number;
}

/** Moves the factor on the reorder points of an inventory system, which orders by them at its next review of stock. */
export function replenishKind(
  systems: Readonly<Record<string, ReplenishSystem>>,
  fence: Fence,
): Kind<ReplenishRequest> {
  return moving({
    fence,
    boundsOf: ({ system }) => systems[system] ?? {},
    find({ system, name }) {
      const endpoint = systems[system]?.endpoint;
      return endpoint && { system, name, endpoint, path: '' };
    },
  });
}
