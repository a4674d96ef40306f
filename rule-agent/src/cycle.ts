import { betweenTurns, type Clock, type Logger } from '@evenkeel/toolkit';
import { type Action, approved, execute, type KillSwitch, reconcile, takeBack } from './actions/index.ts';
import {
  decide,
  forgetGoneTargets,
  type HistoryBook,
  killSwitchChange,
  knownTargets,
  observe,
  pauseOf,
  type Policy,
} from './decisions/index.ts';
import type { Sources } from './facts/index.ts';
import type { Leadership, Recorder } from './journal/index.ts';
import type { Facts } from './model/fact.ts';
import { evaluate, type RuleEngine } from './rules/index.ts';
import { breaches, due, verify } from './verification/index.ts';

/** What a cycle works with. */
export interface CycleContext {
  engines: readonly RuleEngine[];
  sources: Sources;
  action: Action;
  killSwitch: KillSwitch;
  leadership: Leadership;
  recorder: Recorder;
  history: HistoryBook;
  policy: Policy;
  clock: Clock;
  logger: Logger;
  /** Told of the facts as soon as they are read. */
  onFacts: (facts: Facts) => void;
}

/** How long a target whose series are gone is still shown as unknown. */
const FORGET_AFTER_MS = 3_600_000;

/** One turn of the agent: what is known, what follows from it, what is done about it, and how it looks afterwards. */
export async function runCycle(context: CycleContext): Promise<void> {
  const { action, engines, history, killSwitch, policy, recorder } = context;
  const now = () => context.clock.now();
  const look = () => ({ nowMs: now(), maxAgeMs: policy.maxAgeMs });
  const journal = recorder.record;

  await journal(await reconcile(history.openEpisodes.values(), action, now));

  const facts = await read(context);
  context.onFacts(facts);
  const matches = await evaluate(engines, facts);

  await journal(killSwitchChange(history, await killSwitch(), now()));
  await journal(breaches(history, facts, look()));
  await journal(await takeBack([...history.reverts.values()], takingBackOf(context)));

  const decisions = await betweenTurns(decide({ matches, facts, history, policy, nowMs: now() }));
  await journal(decisions);
  await betweenTurns(observe(history, matches, now()));

  const attempts = await execute(approved(decisions, history.openEpisodes), executionOf(context));
  await journal(attempts);

  const verdicts = verify(due(history, facts.readAtMs), facts, look());
  await journal(verdicts);

  forgetGoneTargets(history, now() - FORGET_AFTER_MS, now());
}

function read({ engines, sources, history, clock }: CycleContext): Promise<Facts> {
  return sources.read({
    rules: engines.map(({ rule }) => rule),
    known: knownTargets(history),
    nowMs: clock.now(),
  });
}

function executionOf(context: CycleContext): Parameters<typeof execute>[1] {
  const { action, recorder, history, clock, logger } = context;
  return {
    action,
    now: () => clock.now(),
    recordStart: (started) => recorder.record([started]),
    halted: async ({ rule }) => (await stopped(context)) ?? pauseOf(rule, history, clock.now()),
    onUnfinished: ({ episode }, because) =>
      logger.warn({ episode, because }, 'not finished, the target will be asked what became of it'),
  };
}

function takingBackOf(context: CycleContext): Parameters<typeof takeBack>[1] {
  const { action, recorder, clock } = context;
  return {
    action,
    now: () => clock.now(),
    recordStart: (started) => recorder.record([started]),
    halted: () => stopped(context),
  };
}

/** Why nothing at all may be sent, asked right before it would be. */
async function stopped({ killSwitch, leadership }: CycleContext): Promise<string | undefined> {
  return (await killSwitch()) ?? (leadership.leads() ? undefined : 'this agent no longer leads');
}
