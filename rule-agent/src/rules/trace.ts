import type { Fact } from '../model/fact.ts';
import type { Comparison, Condition } from '../model/rule.ts';
import type { Conditions, RuleEngine, Verdicts } from './engine.ts';

/** A comparison with the values that were compared, or a group of such; `holds` is null where a fact is not known. */
export interface ConditionTrace {
  holds: boolean | null;
  text: string;
  parts?: ConditionTrace[];
}

type FactsByName = Readonly<Record<string, Fact>>;

/** The conditions of a rule part by part, for these facts. Where a required fact is not ok, nothing is said to hold or not. */
export async function traceConditions(engine: RuleEngine<Conditions>, facts: FactsByName) {
  const { when, clear } = engine.rule;
  const verdicts = await verdictsOf(engine, facts);
  return {
    when: trace(when, facts, verdicts?.when),
    clear: clear === undefined ? null : trace(clear, facts, verdicts?.clear),
  };
}

async function verdictsOf(engine: RuleEngine<Conditions>, facts: FactsByName) {
  const values: Record<string, number> = {};
  for (const name of engine.required) {
    const fact = facts[name];
    if (fact?.status !== 'ok') return undefined;
    values[name] = fact.value;
  }
  return engine.dissect(values);
}

function trace(condition: Condition, facts: FactsByName, verdict: Verdicts | undefined): ConditionTrace {
  const holds = verdict?.result ?? null;
  if ('fact' in condition) return { holds, text: describe(condition, facts) };
  if ('not' in condition) {
    return { holds, text: 'not', parts: [trace(condition.not, facts, verdict?.not)] };
  }
  const [text, conditions] =
    'all' in condition ? (['all of', condition.all] as const) : (['any of', condition.any] as const);
  const verdicts = 'all' in condition ? verdict?.all : verdict?.any;
  return { holds, text, parts: conditions.map((part, index) => trace(part, facts, verdicts?.[index])) };
}

function describe({ fact, operator, value }: Comparison, facts: FactsByName): string {
  const bound =
    typeof value === 'object' && 'fact' in value ? describeFact(value.fact, facts) : JSON.stringify(value);
  return `${describeFact(fact, facts)} ${operator} ${bound}`;
}

function describeFact(name: string, facts: FactsByName): string {
  const fact = facts[name];
  if (fact === undefined) return `${name} (not read)`;
  return fact.status === 'ok' ? `${name} (${fact.value})` : `${name} (${fact.status}: ${fact.because})`;
}
