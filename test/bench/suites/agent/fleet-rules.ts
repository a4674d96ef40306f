import { CLEAR_CACHE } from './agent-files.ts';
import { signalName } from './signal-page.ts';

/** Rules about each service, one for each signal: nine of ten read signals, the tenth asks by PromQL of its own. */
export function fleetRules(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `rule-${String(index).padStart(2, '0')}`,
    description: 'A rule of the bench.',
    priority: (index % 3) + 1,
    mode: 'auto',
    target: { by: ['job'] },
    facts: factsOf(index),
    when: { all: [{ fact: 'level', operator: 'greaterThan', value: 2 }, ...more(index)] },
    clear: { any: [{ fact: 'level', operator: 'lessThan', value: 1 }] },
    action: CLEAR_CACHE,
    expect: { signal: signalName(index), direction: 'lower', settle: '1m' },
  }));
}

/** How many queries of their own the rules have. */
export function ownQueries(count: number): number {
  return Math.floor(count / 10);
}

function factsOf(index: number): object {
  const signal = signalName(index);
  switch (index % 10) {
    case 9:
      return { level: { promql: `sum by (job) (orders_queued) * 1e-${index}` } };
    case 8:
      return { level: { signal }, other: { signal: signalName(index - 1) } };
    case 7:
      return { level: { signal, reading: 'zscore' } };
    default:
      return { level: { signal } };
  }
}

function more(index: number): object[] {
  return index % 10 === 8 ? [{ fact: 'other', operator: 'greaterThan', value: 2 }] : [];
}
