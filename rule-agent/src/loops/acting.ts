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
  pendingWork,
  Reservations,
  type Work,
} from '../actions/index.ts';
import type { History } from '../model/history.ts';
import { nextSwitch } from '../model/next-switch.ts';
import type { Countdown } from './stop-in-time.ts';

export interface ActingOptions extends Omit<CarryingOut, 'now'> {
  history: History;
  clock: Clock;
  logger: Logger;
  /** How often it is looked for work, beside the times when it is woken; what has no outcome is tried again no sooner. */
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
}

/** What is remembered from turn to turn of an episode for which work is pending. */
interface Attempt {
  waitingSinceMs: number;
  /** When it was begun last, if it was. */
  begunAtMs?: number;
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
  const reservations = new Reservations();
  const underWay = new Set<Promise<void>>();
  let attempts = new Map<string, Attempt>();

  const track = (task: Promise<void>) => {
    underWay.add(task);
    onUnderWay(underWay.size);
    void task.then(() => {
      underWay.delete(task);
      onUnderWay(underWay.size);
      loop.wake();
    });
  };
  const begin = async (work: Work, attempt: Attempt) => {
    const { kind, episode, rule } = work;
    const attempted = { waitingSinceMs: attempt.waitingSinceMs, isRetry: attempt.begunAtMs !== undefined };
    attempt.begunAtMs = clock.now();
    try {
      const isDone = await carryOut(work, attempted, tools);
      if (!isDone && !attempted.isRetry)
        logger.warn({ work: kind, episode, rule }, 'no outcome yet, it is tried again');
    } catch (error) {
      logger.warn(
        { work: kind, episode, rule, because: messageOf(error) },
        'not finished, it is tried again',
      );
    } finally {
      reservations.release(work);
    }
  };
  const startAll = () => {
    const nowMs = clock.now();
    const pending = isActive() ? pendingWork(history, nowMs, options.approvalMessage) : [];
    attempts = new Map(
      pending.map((work) => [keyOf(work), attempts.get(keyOf(work)) ?? { waitingSinceMs: nowMs }]),
    );
    const begunAtMs = (work: Work) => attempts.get(keyOf(work))?.begunAtMs ?? -Infinity;
    const ready = firstInLine(pending)
      // Not by a time in the future, which would be far away once the clock is set back.
      .filter((work) => Math.abs(nowMs - begunAtMs(work)) >= intervalMs && !isPaused(work, nowMs))
      // What is tried again and again must not keep the places of a system from what has not been tried.
      .sort((a, b) => compareNumbers(begunAtMs(a), begunAtMs(b)))
      .filter((work) => reservations.take(work));
    for (const work of ready) track(begin(work, attempts.get(keyOf(work))!));
  };
  /** The blocks of a switchback do not wait for the next turn. */
  const wakeForSwitch = () => {
    const leftMs = nextSwitchMs(history) - clock.now();
    if (leftMs <= 0 || leftMs >= intervalMs) return;
    void clock.sleep(leftMs, stopping.signal).then(loop.wake, () => undefined);
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
    const pending = isActive() ? pendingWork(history, clock.now()) : [];
    const rest = pending.filter((work) => work.kind === 'execute');
    const ends = rest.map(({ decided }) =>
      abandon(decided, clock.now(), 'the agent stopped before anything was sent'),
    );
    await options.record(ends).catch((error: unknown) => {
      logger.warn({ because: messageOf(error) }, 'what was not begun is abandoned at the next start');
    });
  };
  const loop = createLoop({
    ...options,
    name: 'acting',
    async run() {
      startAll();
      wakeForSwitch();
      await Promise.resolve();
    },
  });
  return {
    ...loop,
    async actOnAll() {
      startAll();
      while (underWay.size > 0) {
        await Promise.all(underWay);
        startAll();
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

function isPaused({ pause }: Work, nowMs: number): boolean {
  return pause !== undefined && Math.abs(nowMs - pause.sinceMs) < pause.forMs;
}

/** To ask for an approval is no attempt at what is approved then, and a switch is none at the next one. */
function keyOf(work: Work): string {
  const { kind, episode } = work;
  if (kind === 'switch') return `switch ${episode} ${JSON.stringify(nextSwitch(work.open))}`;
  return kind === 'ask' ? `ask ${episode}` : episode;
}

/** When a switch is due next. */
function nextSwitchMs({ openEpisodes }: Pick<History, 'openEpisodes'>): number {
  return Math.min(...[...openEpisodes.values()].map((episode) => nextSwitch(episode)?.atMs ?? Infinity));
}

/** Those before which nobody waits who needs the same. */
function firstInLine(pending: readonly Work[]): Work[] {
  const waitedFor = new Set<string>();
  return pending.filter(({ locks }) => {
    const isFirst = !locks.some((lock) => waitedFor.has(lock));
    for (const lock of locks) waitedFor.add(lock);
    return isFirst;
  });
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
