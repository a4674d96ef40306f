import type { Clock, Logger } from '@evenkeel/toolkit';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import {
  type Finding,
  measure,
  METHOD,
  type PastActions,
  type ReadRange,
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
  mayFind: (watched: Watched) => boolean;
  /** What an episode came to; undefined while the past cannot be read, or is not to be asked again yet. */
  find: (watched: Watched) => Promise<Finding | undefined>;
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

  const ask = async (watched: Watched, sources: PastSources, isLastTry: boolean) => {
    const { rule: name, ruleVersion } = watched.decided;
    const actions = await sources.actions(clock.now() - ACTIONS_SINCE_MS);
    const outcomes = history.outcomes.get(name);
    return measure(watched, {
      rule: options.rules().find((rule) => rule.name === name),
      ...{ read: sources.read, actions, isLastTry },
      controls: outcomes?.ruleVersion === ruleVersion ? outcomes.controls : [],
    });
  };
  const mayFind = ({ decided: { episode } }: Watched) =>
    Math.abs(clock.now() - (triedAtMs.get(episode) ?? -Infinity)) >= AGAIN_AFTER_MS;
  return {
    mayFind,
    async find(watched) {
      if (past === undefined) return NOT_MEASURED;
      if (!mayFind(watched)) return undefined;
      const { episode, rule } = watched.decided;
      const nowMs = clock.now();
      const lastMs = triedAtMs.get(episode);
      const isLastTry = nowMs - (watched.measuredAtMs ?? nowMs) >= GIVE_UP_AFTER_MS;
      const found = await ask(watched, past, isLastTry);
      triedAtMs.delete(episode);
      if (found.ok) return found;
      const { because } = found;
      if (isLastTry) return missing(because);
      if (lastMs === undefined)
        logger.warn({ episode, rule, because }, 'no verdict yet, the past cannot be read');
      triedAtMs.set(episode, nowMs);
      return undefined;
    },
  };
}

const NOT_MEASURED: Finding = { judgement: { verdict: 'inconclusive:not_measured', method: METHOD } };

function missing(because: string): Finding {
  return { judgement: { verdict: 'inconclusive:missing_data', method: METHOD }, because };
}
