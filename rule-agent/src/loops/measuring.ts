import { type Clock, type Logger, messageOf } from '@evenkeel/toolkit';
import type { History, PendingReview, Unacted } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import {
  type Finding,
  lookAtMs,
  type LookBack,
  measure,
  type Measured,
  METHOD,
  type PastActions,
  type ReadRange,
  type Reviewed,
  reviewImprovement,
  type Watched,
} from '../verification/index.ts';

/** Where verdicts come from: the past of signals, and of what the agent did. */
export interface PastSources {
  read: ReadRange;
  /** The actions since then. */
  actions: (sinceMs: number) => Promise<PastActions>;
}

export interface MeasuringOptions {
  history: History;
  rules: () => readonly Rule[];
  past?: PastSources | undefined;
  clock: Clock;
  logger: Logger;
}

export interface Measuring {
  /** Whether the past may be asked for it now: not when it could not be read a moment ago. */
  mayFind: (watched: Pick<Watched, 'decided'>) => boolean;
  /** What an episode came to; undefined while the past cannot be read, or is not to be asked again yet. */
  find: (watched: Watched) => Promise<Finding | undefined>;
  /** The same of a later look at an improvement. */
  review: (pending: PendingReview) => Promise<LookBack | { because: string } | undefined>;
}

const DAY_MS = 86_400_000;
/** As far back as the past is read. */
const ACTIONS_SINCE_MS = 28 * DAY_MS;
/** The past that cannot be read now is asked for again this much later, and given up after a while. */
const AGAIN_AFTER_MS = 15_000;
const GIVE_UP_AFTER_MS = 600_000;

/** Measures episodes, and keeps in mind for which of them the past could not be read. */
export function createMeasuring(options: MeasuringOptions): Measuring {
  const { history, past, clock, logger } = options;
  const triedAtMs = new Map<string, number>();

  const known = async ({ rule: name, ruleVersion }: Unacted, { read, actions }: PastSources) => {
    const outcomes = history.outcomes.get(name);
    return {
      rule: options.rules().find((rule) => rule.name === name),
      ...{ read, actions: await actions(clock.now() - ACTIONS_SINCE_MS) },
      controls: outcomes?.ruleVersion === ruleVersion ? outcomes.controls : [],
    };
  };
  const mayFind = ({ decided: { episode } }: Pick<Watched, 'decided'>) =>
    Math.abs(clock.now() - (triedAtMs.get(episode) ?? -Infinity)) >= AGAIN_AFTER_MS;
  /** What could not be read is asked for again, for a while. */
  const attempt = async <Found extends { ok: true }>({ decided, dueAtMs, ask, missing }: Attempt<Found>) => {
    const { episode, rule } = decided;
    const nowMs = clock.now();
    const lastMs = triedAtMs.get(episode);
    const isLastTry = nowMs - dueAtMs >= GIVE_UP_AFTER_MS;
    // One that cannot be measured, whatever the reason, holds up no other.
    const found = await ask(isLastTry).catch((error: unknown) => ({
      ok: false as const,
      because: messageOf(error),
    }));
    triedAtMs.delete(episode);
    if (found.ok) return found;
    const { because } = found;
    if (isLastTry) return missing(because);
    if (lastMs === undefined)
      logger.warn({ episode, rule, because }, 'no verdict yet, the past cannot be read');
    triedAtMs.set(episode, nowMs);
    return undefined;
  };
  return {
    mayFind,
    async find(watched) {
      if (past === undefined) return NOT_MEASURED;
      if (!mayFind(watched)) return undefined;
      const { decided, measuredAtMs = clock.now() } = watched;
      return attempt<Ok<Measured>>({
        ...{ decided, dueAtMs: measuredAtMs, missing: missingData },
        ask: async (isLastTry) => measure(watched, { ...(await known(decided, past)), isLastTry }),
      });
    },
    async review(pending) {
      if (past === undefined || !mayFind(pending)) return undefined;
      const { decided } = pending;
      const answer = await attempt<Ok<Reviewed>>({
        ...{ decided, dueAtMs: lookAtMs(pending), missing: notReviewed },
        ask: async (isLastTry) => reviewImprovement(pending, { ...(await known(decided, past)), isLastTry }),
      });
      return answer?.found;
    },
  };
}

/** A question to the past, that may not be readable at the moment. */
interface Attempt<Found> {
  decided: Unacted;
  dueAtMs: number;
  ask: (isLastTry: boolean) => Promise<Found | { ok: false; because: string }>;
  /** What is said when it cannot be read for good. */
  missing: (because: string) => Found;
}

const NOT_MEASURED: Finding = { judgement: { verdict: 'inconclusive:not_measured', method: METHOD } };

function missingData(because: string): Ok<Measured> {
  return { ok: true, judgement: { verdict: 'inconclusive:missing_data', method: METHOD }, because };
}

function notReviewed(because: string): Ok<Reviewed> {
  return { ok: true, found: { because } };
}

type Ok<Answer> = Extract<Answer, { ok: true }>;
