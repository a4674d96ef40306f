import { type Clock, createLoop, type Logger, type Loop, type LoopTurn } from '@evenkeel/toolkit';
import type { Policy } from '../decisions/index.ts';
import type { Plan } from '../model/action-request.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { consequences, due, measure, type ReadRange, type Touch, verified } from '../verification/index.ts';

/** Where verdicts come from: the past of signals, and of what the agent did. */
export interface PastSources {
  read: ReadRange;
  /** The actions since then. */
  touches: (sinceMs: number) => Promise<readonly Touch[]>;
}

export interface VerifyingOptions {
  history: History;
  /** What was known at the last look. */
  facts: () => Facts | undefined;
  rules: () => readonly Rule[];
  policy: Policy;
  /** Without it nothing is measured: where time is played, there is no past. */
  past?: PastSources | undefined;
  /** Why a plan cannot be reverted; undefined when it may be tried. */
  irreversible?: ((plan: Plan) => string | undefined) | undefined;
  record: (events: readonly JournalEvent[]) => Promise<void>;
  isActive: () => boolean;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
  onTurn?: (turn: LoopTurn) => void;
}

export interface Verifying extends Loop {
  /** Gives the episodes that are due their verdict. */
  verifyDue: () => Promise<void>;
}

const DAY_MS = 86_400_000;
/** As far back as the past is read. */
const TOUCHES_SINCE_MS = 28 * DAY_MS;
/** The past that cannot be read now is asked for again this much later, and given up after a while. */
const AGAIN_AFTER_MS = 15_000;
const GIVE_UP_AFTER_MS = 600_000;

/** Says of each action that has had its time to show whether it helped. */
export function createVerifying(options: VerifyingOptions): Verifying {
  const { history, facts, policy, record, isActive, clock, past, logger } = options;
  const triedAtMs = new Map<string, number>();

  const measured = async (episode: OpenEpisode) => {
    if (past === undefined) return NOT_MEASURED;
    const nowMs = clock.now();
    const { decided, measuredAtMs = nowMs } = episode;
    const touches = await past.touches(nowMs - TOUCHES_SINCE_MS);
    const rule = options.rules().find(({ name }) => name === decided.rule);
    const found = await measure(episode, { rule, read: past.read, touches });
    if (found.ok) return found;
    const isLast = nowMs - measuredAtMs >= GIVE_UP_AFTER_MS;
    if (isLast)
      return {
        judgement: { verdict: 'inconclusive:missing_data', method: 0 },
        because: found.because,
      } as const;
    if (!triedAtMs.has(decided.episode)) {
      const { episode: id, rule: name } = decided;
      logger.warn(
        { episode: id, rule: name, because: found.because },
        'no verdict yet, the past cannot be read',
      );
    }
    triedAtMs.set(decided.episode, nowMs);
    return undefined;
  };
  const verifyOne = async (episode: OpenEpisode, known: Facts) => {
    const finding = await measured(episode);
    if (finding === undefined || !isActive()) return;
    triedAtMs.delete(episode.decided.episode);
    const nowMs = clock.now();
    // It may have been reverted in the meantime: then that is what became of it.
    if (!due(history, nowMs).some(({ decided }) => decided.episode === episode.decided.episode)) return;
    const { plan } = episode;
    const isRevertible = plan !== undefined && options.irreversible?.(plan) === undefined;
    await record([
      verified(episode, finding, { facts: known, nowMs, maxAgeMs: policy.maxAgeMs }),
      ...consequences(episode, finding, { nowMs, isRevertible }),
    ]);
  };
  const verifyDue = async () => {
    const known = facts();
    if (known === undefined || !isActive()) return;
    for (const episode of due(history, known.readAtMs)) {
      const sinceMs = clock.now() - (triedAtMs.get(episode.decided.episode) ?? -Infinity);
      if (Math.abs(sinceMs) >= AGAIN_AFTER_MS) await verifyOne(episode, known);
    }
  };
  return { ...createLoop({ name: 'verifying', run: verifyDue, ...options }), verifyDue };
}

const NOT_MEASURED = { judgement: { verdict: 'inconclusive:not_measured', method: 0 } } as const;
