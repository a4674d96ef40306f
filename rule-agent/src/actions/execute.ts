import { messageOf } from '@evenkeel/toolkit';
import type { Occasion, Plan } from '../model/action-request.ts';
import type { Decided, Decision, Finished, Started } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import type { Action, ApplyResult } from './action.ts';
import { type Ending, endingOf, finish } from './endings.ts';

export interface Execution {
  action: Action;
  /** Durable before it resolves; when it rejects, nothing is sent. */
  recordStart: (started: Started) => Promise<void>;
  /** Why nothing may be sent any more, asked at the last moment. */
  halted: (decided: Decided) => Promise<string | undefined>;
  now: () => number;
  /** Told of what could not be finished; it stays open and is reconciled later. */
  onUnfinished: (decided: Decided, because: string) => void;
}

/** What is to be done: everything decided in mode auto, and what a person has released. */
export function approved(
  decisions: readonly Decision[],
  openEpisodes: ReadonlyMap<string, OpenEpisode>,
): Decided[] {
  return decisions.flatMap((decision) => {
    if (decision.kind === 'decided') return decision.mode === 'auto' ? [decision] : [];
    const episode = decision.kind === 'released' ? openEpisodes.get(decision.episode) : undefined;
    return episode === undefined ? [] : [episode.decided];
  });
}

/**
 * Carries the decided actions out, side by side; no two of them move the same thing.
 *
 * @returns how each ended; one whose outcome cannot be known yet is left out and stays open
 */
export async function execute(decided: readonly Decided[], execution: Execution): Promise<Finished[]> {
  const finished = await Promise.all(
    decided.map(async (decision) => {
      try {
        const ending = await attempt(decision, execution);
        if (ending !== undefined) return finish(decision, execution.now(), ending);
        execution.onUnfinished(decision, 'the target cannot be asked whether it was done');
      } catch (error) {
        execution.onUnfinished(decision, messageOf(error));
      }
      return undefined;
    }),
  );
  return finished.filter((event) => event !== undefined);
}

/** One plan, and one more when the target was changed between plan and application. */
async function attempt(decided: Decided, execution: Execution): Promise<Ending | undefined> {
  for (const suffix of ['', '-2']) {
    const planned = await execution.action.plan(decided.action, occasionOf(decided));
    if (planned.kind === 'impossible') return { outcome: 'failed', because: planned.because };
    if (planned.kind === 'nothing_to_do') {
      return { outcome: 'nothing_to_do', because: planned.because, plan: planned.plan };
    }
    const because = await execution.halted(decided);
    if (because !== undefined) return { outcome: 'halted', because };
    // A new key for the new plan: under the old one the target would answer as it did before.
    const result = await applyOnce(decided, planned.plan, {
      execution,
      key: `${decided.idempotencyKey}${suffix}`,
    });
    if (result.kind !== 'outdated') return conclude(planned.plan, result, execution.action);
  }
  return {
    outcome: 'failed',
    because: 'the target was changed by someone else between plan and action, twice',
  };
}

function occasionOf({ episode, rule, target, firingStart }: Decided): Occasion {
  return { episode, rule, target, firingStart };
}

async function applyOnce(
  { episode, rule }: Decided,
  plan: Plan,
  { execution, key }: { execution: Execution; key: string },
): Promise<ApplyResult> {
  const at = execution.now();
  await execution.recordStart({ kind: 'started', at, episode, rule, idempotencyKey: key, plan });
  return execution.action.apply(plan, key);
}

/** The target's answer, held against what the target then shows. */
async function conclude(
  plan: Plan,
  result: Exclude<ApplyResult, { kind: 'outdated' }>,
  action: Action,
): Promise<Ending | undefined> {
  if (result.kind === 'refused') return { outcome: 'failed', because: result.because, plan };
  const inspection = await action.verify(plan);
  if (result.kind === 'unclear') return endingOf(inspection, plan, result.because);
  if (inspection === 'unreachable' || inspection === 'unknowable') return { outcome: 'applied', plan };
  return endingOf(inspection, plan, 'the target accepted the change');
}
