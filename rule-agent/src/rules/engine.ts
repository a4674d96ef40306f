import { Engine, type EngineResult, type TopLevelCondition } from 'json-rules-engine';
import type { ConditionGroup, Rule } from '../model/rule.ts';
import { comparisonsOfRule, requiredFacts } from './comparisons.ts';
import { patternOf } from './pattern.ts';

/** What the conditions of a rule say of one set of values. */
export interface Judgement {
  when: boolean;
  clear: boolean;
}

/** What the library made of a condition: of the same shape as the condition, with a result at every node. */
export interface Verdicts {
  result?: boolean;
  all?: Verdicts[];
  any?: Verdicts[];
  not?: Verdicts;
}

/** What a rule is judged by. */
export type Conditions = Pick<Rule, 'when' | 'clear'>;

export interface RuleEngine<Judged extends Conditions = Rule> {
  rule: Judged;
  /** The facts that have to be there before `judge` may be asked. */
  required: readonly string[];
  judge(values: Readonly<Record<string, number>>): Judgement | Promise<Judgement>;
  /** The same, part by part. */
  dissect(values: Readonly<Record<string, number>>): Promise<{ when: Verdicts; clear?: Verdicts }>;
}

/** Rules have a few comparisons, which come out in a few ways. */
const MOST_JUDGEMENTS = 1_000;

/**
 * json-rules-engine, and the only place that knows it. It is fast and does what it says, with these traps, each closed here:
 *
 * - overlapping `run()` on one engine loses rules: runs wait for one another
 * - an undefined fact rejects the run, and `not`, `notEqual`, `notIn` are true of NaN and null, and "95" > 90: every
 *   required value must be there and a finite number before the engine sees any
 * - an engine given all facts is 70 times slower: each rule has its own, and is given only what it requires
 * - priority 0 becomes 1, and `stop()` does not stop equals: priorities stay outside
 * - handlers are awaited: there are none, results are read from what `run()` returns
 * - a computed fact may hang: values are constants
 * - a run copies all conditions, which costs more than all else in it: what follows from the comparisons is asked once for
 *   each way in which they can come out, and remembered
 */
export function buildRuleEngine<Judged extends Conditions>(rule: Judged): RuleEngine<Judged> {
  const engine = new Engine([toEngineRule('when', rule.when)], { allowUndefinedFacts: false });
  if (rule.clear !== undefined) engine.addRule(toEngineRule('clear', rule.clear));
  const required = requiredFacts(rule);
  const comparisons = comparisonsOfRule(rule).map(({ comparison }) => comparison);
  const judgements = new Map<string, Judgement>();
  let previous: Promise<unknown> = Promise.resolve();
  const runInTurn = (values: Readonly<Record<string, number>>) => {
    requireValues(values, required);
    const given = Object.fromEntries(required.map((name) => [name, values[name]]));
    const run = previous.then(() => engine.run(given));
    previous = run.catch(() => undefined);
    return run;
  };
  const askAndRemember = async (pattern: string, values: Readonly<Record<string, number>>) => {
    const judgement = toJudgement(await runInTurn(values), rule);
    if (judgements.size < MOST_JUDGEMENTS) judgements.set(pattern, judgement);
    return judgement;
  };
  return {
    rule,
    required,
    judge(values) {
      requireValues(values, required);
      const pattern = patternOf(comparisons, values);
      return judgements.get(pattern) ?? askAndRemember(pattern, values);
    },
    async dissect(values) {
      const { results, failureResults } = await runInTurn(values);
      const parts = new Map(
        [...results, ...failureResults].map(({ name, conditions, result }): [string, Verdicts] => [
          name,
          { ...(conditions as Verdicts), result: result === true },
        ]),
      );
      const clear = parts.get('clear');
      return { when: parts.get('when')!, ...(clear !== undefined && { clear }) };
    },
  };
}

function toJudgement({ results }: EngineResult, rule: Conditions): Judgement {
  const held = new Set(results.map(({ name }) => name));
  const when = held.has('when');
  return { when, clear: rule.clear === undefined ? !when : held.has('clear') };
}

function toEngineRule(name: string, conditions: ConditionGroup) {
  return { name, conditions: structuredClone(conditions) as TopLevelCondition, event: { type: name } };
}

/** @throws TypeError when a required value is not there, or no finite number */
function requireValues(values: Readonly<Record<string, number>>, required: readonly string[]): void {
  for (const name of required) {
    const value: unknown = values[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new TypeError(`fact ${name} is no finite number`);
    }
  }
}
