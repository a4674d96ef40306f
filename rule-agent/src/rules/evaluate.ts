import { createPace, messageOf } from '@evenkeel/toolkit';
import type { Fact, Facts, KnownFact, TargetFacts } from '../model/fact.ts';
import type { Match, MatchOutcome } from '../model/match.ts';
import type { Judgement, RuleEngine } from './engine.ts';

/** Judges every rule on every target. A target with a required fact that is not ok is unknown, and is not judged. */
export async function evaluate(engines: readonly RuleEngine[], facts: Facts): Promise<Match[]> {
  const byRule = Map.groupBy(facts.targets, ({ rule }) => rule);
  const pace = createPace();
  const matches: Match[] = [];
  for (const engine of engines) {
    for (const target of byRule.get(engine.rule.name) ?? []) {
      const match = evaluateTarget(engine, target);
      // Nearly all come out as another did before. Waiting for each would be ten thousand promises a cycle.
      matches.push(match instanceof Promise ? await match : match);
    }
    await pace();
  }
  return matches;
}

function evaluateTarget(engine: RuleEngine, of: TargetFacts): Match | Promise<Match> {
  const flaws = flawsOf(engine, of);
  if (flaws !== undefined) return unknown(engine, of, flaws);
  const failed = (error: unknown) =>
    unknown(engine, of, `the conditions cannot be judged: ${messageOf(error)}`);
  try {
    const judgement = engine.judge(valuesOf(engine, of));
    return judgement instanceof Promise
      ? judgement.then((later) => known(engine, of, later), failed)
      : known(engine, of, judgement);
  } catch (error) {
    return failed(error);
  }
}

/** What is wrong with the facts that have to be there; undefined when nothing is. */
function flawsOf({ required }: RuleEngine, { facts }: TargetFacts): string | undefined {
  if (required.every((name) => facts[name]?.status === 'ok')) return undefined;
  return required.flatMap((name) => flawOf(name, facts[name])).join('; ');
}

function flawOf(
  name: string,
  fact: Fact = { status: 'missing', because: 'it was not read' },
): string | readonly [] {
  return fact.status === 'ok' ? [] : `${name} is ${fact.status}: ${fact.because}`;
}

function valuesOf({ required }: RuleEngine, { facts }: TargetFacts): Record<string, number> {
  const values: Record<string, number> = {};
  for (const name of required) values[name] = (facts[name] as KnownFact).value;
  return values;
}

function known(engine: RuleEngine, of: TargetFacts, judgement: Judgement): Match {
  return { ...partsOf(engine, of), outcome: toOutcome(judgement), because: '' };
}

function unknown(engine: RuleEngine, of: TargetFacts, because: string): Match {
  return { ...partsOf(engine, of), outcome: 'unknown', because };
}

function partsOf({ rule }: RuleEngine, { target, targetKey, facts }: TargetFacts) {
  return { rule, target, targetKey, facts };
}

function toOutcome({ when, clear }: Judgement): MatchOutcome {
  if (when) return 'firing';
  return clear ? 'clear' : 'between';
}
