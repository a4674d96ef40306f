import {
  type Clock,
  createLoop,
  type Logger,
  type Loop,
  type LoopTurn,
  messageOf,
  within,
} from '@evenkeel/toolkit';
import {
  abandon,
  type ApprovalMessage,
  type CarryingOut,
  carryOut,
  NEVER_BEGUN,
  type QueuedWork,
  WorkQueue,
} from '../actions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Countdown } from './stop-in-time.ts';

export interface ActingOptions extends Omit<CarryingOut, 'now'> {
  history: History;
  clock: Clock;
  logger: Logger;
  /** How often all episodes are looked at for work; what has no outcome is tried again no sooner. */
  intervalMs: number;
  /** How people are told that an approval waits; nobody is told without it. */
  approvalMessage?: ApprovalMessage | undefined;
  /** What hangs for longer when it stops is left to the next start. */
  leftToStopMs: Countdown;
  onTurn?: (turn: LoopTurn) => void;
  /** Told how many pieces of work are under way. */
  onUnderWay?: (count: number) => void;
}

export interface Acting extends Loop {
  /** Does all that can be done now, and waits for it. */
  actOnAll: () => Promise<void>;
  /** To be told of each event: the next turn looks at its episode, and at no other. */
  note: (event: JournalEvent) => void;
}

/**
 * Carries out what was decided, reverts what has to be reverted, and finds out what became of attempts without an outcome:
 * several targets at the same time, one piece of work at a time for each thing that is moved. A turn starts what may start and
 * waits for none of it: a target that hangs costs itself.
 */
export function createActing(options: ActingOptions): Acting {
  const {
    history,
    clock,
    logger,
    isActive,
    intervalMs,
    leftToStopMs,
    onUnderWay = () => undefined,
  } = options;
  let isLeft = false;
  const stopping = new AbortController();
  const tools = { ...options, isActive: () => !isLeft && isActive(), now: () => clock.now() };
  const queue = new WorkQueue({ history, message: options.approvalMessage, retryAfterMs: intervalMs });
  const underWay = new Set<Promise<void>>();
  const changed = new Set<string>();
  let lookedAtAllMs = -Infinity;
  let wakesAtMs: number | undefined;

  const track = (task: Promise<void>) => {
    underWay.add(task);
    onUnderWay(underWay.size);
    void task.then(() => {
      underWay.delete(task);
      onUnderWay(underWay.size);
      loop.wake();
    });
  };
  const begin = async (queued: QueuedWork) => {
    const { work, waitingSinceMs } = queued;
    const { kind, episode, rule } = work;
    const attempted = { waitingSinceMs, isRetry: queued.begunAtMs !== undefined };
    queued.begunAtMs = clock.now();
    const tellRetry = (because: string) =>
      logger.warn({ work: kind, episode, rule, because }, 'not finished, it is tried again');
    try {
      const isDone = await carryOut(work, attempted, tools);
      if (!isDone && !attempted.isRetry) tellRetry('the target gives no outcome yet');
    } catch (error) {
      tellRetry(messageOf(error));
    } finally {
      changed.add(episode);
      queue.release(work);
    }
  };
  const lookAtAll = (nowMs: number) => {
    if (isActive()) queue.lookAtAll(nowMs);
    else queue.clear();
    lookedAtAllMs = nowMs;
    changed.clear();
  };
  const lookAtChanged = (nowMs: number) => {
    for (const episode of changed) queue.look(episode, nowMs);
    changed.clear();
  };
  const startAll = (look: (nowMs: number) => void) => {
    const nowMs = clock.now();
    look(nowMs);
    for (const queued of queue.take(nowMs)) track(begin(queued));
  };
  /** The blocks of a switchback do not wait for the next turn. */
  const wakeForSwitch = () => {
    const atMs = queue.nextSwitchMs();
    const leftMs = atMs - clock.now();
    if (leftMs <= 0 || leftMs >= intervalMs || wakesAtMs === atMs) return;
    wakesAtMs = atMs;
    const wake = () => {
      wakesAtMs = undefined;
      loop.wake();
    };
    void clock.sleep(leftMs, stopping.signal).then(wake, () => undefined);
  };
  /** What hangs sends nothing any more, should it go on; of what was sent the next start finds out what became of it. */
  const leaveUnderWay = () => {
    isLeft = true;
    logger.warn(
      { under_way: underWay.size },
      'targets hang: what became of the actions there is asked at the next start',
    );
  };
  /** Nothing is begun while stopping; the journal says so. */
  const abandonTheRest = async () => {
    lookAtAll(clock.now());
    const ends = [...queue.works()].flatMap((work) =>
      work.kind === 'execute' ? [abandon(work.decided, clock.now(), NEVER_BEGUN)] : [],
    );
    await options.record(ends).catch((error: unknown) => {
      logger.warn({ because: messageOf(error) }, 'what was not begun is abandoned at the next start');
    });
  };
  const loop = createLoop({
    ...options,
    name: 'acting',
    async run() {
      // Nothing has changed: it is time to look.
      const isTime = changed.size === 0 || Math.abs(clock.now() - lookedAtAllMs) >= intervalMs;
      startAll(isTime || !isActive() ? lookAtAll : lookAtChanged);
      wakeForSwitch();
      await Promise.resolve();
    },
  });
  return {
    ...loop,
    note(event) {
      if ('episode' in event) changed.add(event.episode);
    },
    async actOnAll() {
      startAll(lookAtAll);
      while (underWay.size > 0) {
        await Promise.all(underWay);
        startAll(lookAtAll);
      }
    },
    async stop() {
      stopping.abort();
      await loop.stop();
      if (!(await within(leftToStopMs(), Promise.all(underWay)))) leaveUnderWay();
      await abandonTheRest();
    },
  };
}
