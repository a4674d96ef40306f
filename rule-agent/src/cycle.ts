import { betweenTurns, type Clock } from '@evenkeel/toolkit';
import type { KillSwitch } from './actions/index.ts';
import {
  decide,
  forgetWhatIsOver,
  type HistoryBook,
  killSwitchChange,
  knownTargets,
  observe,
  type Policy,
} from './decisions/index.ts';
import type { Sources } from './facts/index.ts';
import type { Recorder } from './journal/index.ts';
import type { Facts } from './model/fact.ts';
import { evaluate, type RuleEngine } from './rules/index.ts';
import { breaches } from './verification/index.ts';

/** What a cycle works with. */
export interface CycleContext {
  engines: readonly RuleEngine[];
  sources: Sources;
  killSwitch: KillSwitch;
  recorder: Pick<Recorder, 'record' | 'recordIf'>;
  history: HistoryBook;
  policy: Policy;
  clock: Clock;
  /** Told of the facts as soon as they are read. */
  onFacts: (facts: Facts) => void;
}

/**
 * One cycle: what is known, and what follows from it. It waits for no target: what is decided is carried out, and verified, by
 * loops of their own.
 */
export async function runCycle(context: CycleContext): Promise<void> {
  const { engines, history, killSwitch, policy, onFacts } = context;
  const { record: journal, recordIf: journalIf } = context.recorder;
  const now = () => context.clock.now();

  const facts = await read(context);
  onFacts(facts);
  const matches = await evaluate(engines, facts);

  await journal(killSwitchChange(history, await killSwitch(), now()));
  const breached = () => breaches(history, facts, { nowMs: now(), maxAgeMs: policy.maxAgeMs });
  // Made again within the write: a person may have asked for the same revert, and it may be done, by then.
  if (breached().length > 0) await journalIf(breached);

  const rules = engines.map(({ rule }) => rule);
  const decisions = await betweenTurns(decide({ rules, matches, facts, history, policy, nowMs: now() }));
  await journal(decisions);

  await betweenTurns(observe(history, matches, now()));
  forgetWhatIsOver(history, now());
}

function read({ engines, sources, history, clock }: CycleContext): Promise<Facts> {
  return sources.read({
    rules: engines.map(({ rule }) => rule),
    known: knownTargets(history),
    nowMs: clock.now(),
  });
}
