import type { ApiContext } from '../context.ts';
import type { Call, Handlers } from '../handler.ts';
import { toTime } from '../../views/index.ts';
import { noteWith } from '../note.ts';

type Stops = 'getKillSwitch' | 'engageKillSwitch' | 'releaseKillSwitch';

/** Stopping everything by a person's order; the file of the configuration does the same when the API does not. */
export function stopHandlers(context: ApiContext): Pick<Handlers, Stops> {
  const { history, clock } = context;
  const note = noteWith(context);
  const shape = () => {
    const { killSwitch, stopOrder } = history();
    const ordered = stopOrder && { by: stopOrder.by, because: stopOrder.because, at: toTime(stopOrder.at) };
    return {
      engaged: killSwitch.engaged,
      because: killSwitch.engaged ? killSwitch.because : null,
      ordered: ordered ?? null,
    };
  };
  const order = async (
    engaged: boolean,
    { body, caller: by }: Pick<Call<'engageKillSwitch'>, 'body' | 'caller'>,
  ) => {
    const { reason: because } = body;
    await note(() => ({ kind: 'kill_switch_ordered', at: clock.now(), engaged, by, because }));
    return { body: shape() };
  };
  return {
    getKillSwitch: () => ({ body: shape() }),
    engageKillSwitch: (call) => order(true, call),
    releaseKillSwitch: (call) => order(false, call),
  };
}
