import type { History, OpenEpisode } from '../model/history.ts';
import { nextSwitch } from '../model/next-switch.ts';
import type { ApprovalMessage } from './approval-message.ts';
import { BY_URGENCY, type EpisodeState, pendingWork, type Work } from './pending-work.ts';
import { Reservations } from './reservations.ts';
import { WaitingLines } from './waiting-lines.ts';

export interface WorkQueueOptions {
  history: Pick<History, 'openEpisodes' | 'reverts'>;
  /** How people are told that an approval waits; nobody is told without it. */
  message?: ApprovalMessage | undefined;
  /** What has no outcome is tried again no sooner. */
  retryAfterMs: number;
}

/** A piece of work, and what is remembered of it from one attempt to the next. */
export interface QueuedWork extends EpisodeState {
  work: Work;
  waitingSinceMs: number;
  /** When it was begun last, if it was. */
  begunAtMs?: number;
}

/**
 * All that has to be done, kept in step with the history episode by episode: what a change costs does not grow with what waits.
 *
 * In each system reverts come first, then attempts without an outcome, then switches that are due, then what was decided, in that order; last the messages about
 * approvals. Of those that need the same lock the first has to be done before the next one may begin.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  /** By episode. */
  readonly #queued = new Map<string, QueuedWork>();
  readonly #lines = new WaitingLines<QueuedWork>();
  readonly #reservations = new Reservations();
  /** By system, those that may be first in all their lines: whether they are is asked when their turn comes. */
  readonly #candidates = new Map<string, Candidates>();
  /** Tried not long ago. */
  readonly #resting = new Set<QueuedWork>();
  /** When the next switch of a switchback is to be made, by episode. */
  readonly #switchesMs = new Map<string, number>();

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  *works(): Generator<Work, void> {
    for (const { work } of this.#queued.values()) yield work;
  }

  /** Looks at all episodes, and at what may be tried again by now. */
  lookAtAll(nowMs: number): void {
    const { reverts, openEpisodes } = this.#options.history;
    for (const episodes of [reverts, openEpisodes, this.#queued]) {
      for (const episode of episodes.keys()) this.look(episode, nowMs);
    }
    for (const queued of this.#resting) this.#offer(queued);
    this.#resting.clear();
  }

  /** Looks at one episode, of which something has changed. */
  look(episode: string, nowMs: number): void {
    const { history, message } = this.#options;
    const [open, revert] = [history.openEpisodes.get(episode), history.reverts.get(episode)];
    const queued = this.#queued.get(episode);
    if (queued !== undefined && queued.open === open && queued.revert === revert) return;
    const work = pendingWork({ open, revert }, nowMs, message);
    this.#noteSwitch(episode, work === undefined ? open : undefined);
    if (queued !== undefined && work?.kind === queued.work.kind && isSameAttempt(work, queued.work)) {
      Object.assign(queued, { open, revert, work });
      return;
    }
    if (queued !== undefined) this.#leave(queued);
    if (work !== undefined) this.#join({ ...attemptsAt(work, queued, nowMs), open, revert, work });
  }

  /** What may begin: its locks are taken, and to be released when it has ended. */
  *take(nowMs: number): Generator<QueuedWork, void> {
    for (const [episode, atMs] of this.#switchesMs) if (atMs <= nowMs) this.look(episode, nowMs);
    for (const [system, candidates] of this.#candidates) {
      while (!this.#reservations.isFull(system)) {
        const queued = candidates.shift();
        if (queued === undefined) break;
        if (this.#mayBegin(queued, nowMs)) yield queued;
      }
    }
  }

  /** When the next switch is to be made that is none yet. */
  nextSwitchMs(): number {
    return Math.min(...this.#switchesMs.values());
  }

  release(work: Work): void {
    this.#reservations.release(work);
    this.#offerFirstOf(work.locks);
  }

  /** Nothing waits any more. What is under way keeps its locks. */
  clear(): void {
    this.#queued.clear();
    this.#lines.clear();
    this.#candidates.clear();
    this.#resting.clear();
    this.#switchesMs.clear();
  }

  /** One that may not is offered again as soon as that can have changed. */
  #mayBegin(queued: QueuedWork, nowMs: number): boolean {
    const { episode } = queued.work;
    // Whatever has changed since: nothing begins that the history no longer asks for.
    this.look(episode, nowMs);
    const { work } = queued;
    if (this.#queued.get(episode) !== queued || !this.#lines.isFirst(queued, work.locks)) return false;
    if (!isResting(queued, nowMs, this.#options.retryAfterMs)) return this.#reservations.take(work);
    this.#resting.add(queued);
    return false;
  }

  #noteSwitch(episode: string, open: OpenEpisode | undefined): void {
    const next = open && nextSwitch(open);
    if (next === undefined) this.#switchesMs.delete(episode);
    else this.#switchesMs.set(episode, next.atMs);
  }

  #join(queued: QueuedWork): void {
    const { work } = queued;
    this.#queued.set(work.episode, queued);
    this.#lines.join(queued, { locks: work.locks, urgency: urgencyOf(work) });
    this.#offer(queued);
  }

  #leave(queued: QueuedWork): void {
    const { work } = queued;
    this.#queued.delete(work.episode);
    this.#resting.delete(queued);
    this.#lines.leave(queued, { locks: work.locks, urgency: urgencyOf(work) });
    this.#offerFirstOf(work.locks);
  }

  #offerFirstOf(locks: readonly string[]): void {
    for (const lock of locks) {
      const first = this.#lines.firstOf(lock);
      if (first !== undefined) this.#offer(first);
    }
  }

  #offer(queued: QueuedWork): void {
    const { system } = queued.work;
    const candidates = this.#candidates.get(system) ?? new Candidates();
    this.#candidates.set(system, candidates);
    candidates.push(queued);
  }
}

/** What is tried again and again must not keep the places of a system from what has not been tried. */
class Candidates {
  readonly #untried = BY_URGENCY.map(() => new Set<QueuedWork>());
  readonly #tried = BY_URGENCY.map(() => new Set<QueuedWork>());

  push(queued: QueuedWork): void {
    const lists = queued.begunAtMs === undefined ? this.#untried : this.#tried;
    lists[urgencyOf(queued.work)]!.add(queued);
  }

  shift(): QueuedWork | undefined {
    for (const list of [...this.#untried, ...this.#tried]) {
      for (const first of list) {
        list.delete(first);
        return first;
      }
    }
    return undefined;
  }
}

function attemptsAt(
  work: Work,
  before: QueuedWork | undefined,
  nowMs: number,
): Pick<QueuedWork, 'waitingSinceMs' | 'begunAtMs'> {
  if (before === undefined || !isSameAttempt(work, before.work)) return { waitingSinceMs: nowMs };
  const { waitingSinceMs, begunAtMs } = before;
  return { waitingSinceMs, ...(begunAtMs !== undefined && { begunAtMs }) };
}

/** To ask for an approval is no attempt at what is approved then, and a switch is none at the next one. */
function isSameAttempt(work: Work, before: Work): boolean {
  return attemptOf(work) === attemptOf(before);
}

function attemptOf(work: Work): string {
  if (work.kind === 'switch') return `switch ${JSON.stringify(nextSwitch(work.open))}`;
  return work.kind === 'ask' ? 'ask' : 'act';
}

/** Not by a time in the future, which would be far away once the clock is set back. */
function isResting({ begunAtMs, work }: QueuedWork, nowMs: number, retryAfterMs: number): boolean {
  const { pause } = work;
  if (begunAtMs !== undefined && Math.abs(nowMs - begunAtMs) < retryAfterMs) return true;
  return pause !== undefined && Math.abs(nowMs - pause.sinceMs) < pause.forMs;
}

function urgencyOf({ kind }: Work): number {
  return BY_URGENCY.indexOf(kind);
}
