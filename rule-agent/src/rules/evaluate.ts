import { createPace, messageOf } from '@evenkeel/toolkit';
import type { Facts, TargetFacts } from '../model/fact.ts';
import type { Match, MatchOutcome } from '../model/match.ts';
import type { Judgement, RuleEngine } from './engine.ts';

/** Judges every rule on every target. A target with a required fact that is not ok is unknown, and is not judged. */
export async function evaluate(engines: readonly RuleEngine[], facts: Facts): Promise<Match[]> {
  const byRule = Map.groupBy(facts.targets, ({ rule }) => rule);
  const pace = createPace();
  const matches: Match[] = [];
  for (const engine of engines) {
    for (const target of byRule.get(engine.rule.name) ?? [])
      matches.push(await evaluateTarget(engine, target));
    await pace();
  }
  return matches;
}

async function evaluateTarget(engine: RuleEngine, { target, targetKey, facts }: TargetFacts): Promise<Match> {
  const match = { rule: engine.rule, target, targetKey, facts };
  const values: Record<string, number> = {};
  const flaws: string[] = [];
  for (const name of engine.required) {
    const fact = facts[name] ?? { status: 'missing', because: 'it was not read' };
    if (fact.status === 'ok') values[name] = fact.value;
    else flaws.push(`${name} is ${fact.status}: ${fact.because}`);
  }
  if (flaws.length > 0) return { ...match, outcome: 'unknown', because: flaws.join('; ') };
  try {
    return { ...match, outcome: toOutcome(await engine.judge(values)), because: '' };
  } catch (error) {
    return { ...match, outcome: 'unknown', because: `the conditions cannot be judged: ${messageOf(error)}` };
  }
}

function toOutcome({ when, clear }: Judgement): MatchOutcome {
  if (when) return 'firing';
  return clear ? 'clear' : 'between';
}
