import type { ApiContext } from '../context.ts';
import type { Call, Handlers } from '../handler.ts';
import { toTime } from '../../views/index.ts';
import { noteWith } from '../note.ts';

type Stops = 'getKillSwitch' | 'engageKillSwitch' | 'releaseKillSwitch';

/** Stopping everything by a person's order; the file of the configuration does the same when the API does not. */
export function stopHandlers(context: ApiContext): Pick<Handlers, Stops> {
  const { history, clock, killSwitch } = context;
  const note = noteWith(context);
  // Looked at now: the history has what the last cycle saw.
  const shape = async () => {
    const { stopOrder } = history();
    const because = await killSwitch();
    const ordered = stopOrder && { by: stopOrder.by, because: stopOrder.because, at: toTime(stopOrder.at) };
    return {
      engaged: because !== undefined,
      because: because ?? null,
      ordered: ordered ?? null,
    };
  };
  const order = async (
    engaged: boolean,
    { body, caller: by }: Pick<Call<'engageKillSwitch'>, 'body' | 'caller'>,
  ) => {
    const { reason: because } = body;
    await note(() => ({ kind: 'kill_switch_ordered', at: clock.now(), engaged, by, because }));
    return { body: await shape() };
  };
  return {
    getKillSwitch: async () => ({ body: await shape() }),
    engageKillSwitch: (call) => order(true, call),
    releaseKillSwitch: (call) => order(false, call),
  };
}
