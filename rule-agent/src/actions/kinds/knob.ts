import type { Endpoint } from '../../http/endpoint.ts';
import type { KnobRequest } from '../../model/action-request.ts';
import type { Fence, Kind } from './kind.ts';
import { moving } from './moving.ts';

/** By system: the collection of its knobs, for example http://127.0.0.1:8005/api/v1/admin/knobs. */
export type KnobSystems = Readonly<Record<string, Endpoint>>;

/**
 * Moves knobs over HTTP: `GET` with ETag, `PUT` with If-Match and Idempotency-Key.
 *
 * Of several agents the leader also sends its Fencing-Token; a system that remembers the highest one it has seen can
 * refuse an agent that was held up for so long that another one has taken over.
 */
export function knobKind(systems: KnobSystems, fence: Fence): Kind<KnobRequest> {
  return moving({
    fence,
    find({ system, name }) {
      const endpoint = systems[system];
      return endpoint && { system, name, endpoint, path: `/${encodeURIComponent(name)}` };
    },
  });
}
