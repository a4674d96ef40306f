import type { Occasion, Plan } from '../model/action-request.ts';
import type { Decided, Finished } from '../model/event.ts';
import type { Action, ApplyResult } from './action.ts';
import { type Ending, endingOf, finish } from './endings.ts';
import type { WriteAhead } from './write-ahead.ts';

export interface Execution {
  action: Action;
  writeAhead: WriteAhead;
  /** Why nothing may be sent any more, asked before the start is written and again right before it is sent. */
  halted: (decided: Decided) => Promise<string | undefined>;
  now: () => number;
}

/**
 * Carries out a decided action.
 *
 * @returns how it ended; undefined when that cannot be known yet: the episode stays open
 * @throws what `writeAhead` or the target's client rejects with; the episode stays open too
 */
export async function execute(decided: Decided, execution: Execution): Promise<Finished | undefined> {
  const ending = await attempt(decided, execution);
  return ending && finish(decided, execution.now(), ending);
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
    if (result.kind === 'halted') return { outcome: 'halted', because: result.because };
    if (result.kind !== 'outdated') return conclude(planned.plan, result, execution.action);
  }
  return {
    outcome: 'failed',
    because: 'the target was changed by someone else between plan and action, twice',
  };
}

export function occasionOf({ episode, rule, target, firingStart }: Decided): Occasion {
  return { episode, rule, target, firingStart };
}

async function applyOnce(
  decided: Decided,
  plan: Plan,
  { execution, key }: { execution: Execution; key: string },
): Promise<ApplyResult | { kind: 'halted'; because: string }> {
  const { episode, rule } = decided;
  const at = execution.now();
  await execution.writeAhead([{ kind: 'started', at, episode, rule, idempotencyKey: key, plan }]);
  // A journal that is slow takes seconds.
  const because = await execution.halted(decided);
  return because === undefined ? execution.action.apply(plan, key) : { kind: 'halted', because };
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
  if (inspection === 'unknowable') return { outcome: 'applied', plan };
  return endingOf(inspection, plan, 'the target accepted the change') ?? { outcome: 'applied', plan };
}
