import { CLEAR_CACHE } from '../agent/agent-files.ts';
import { SIGNALS, signalName } from './month.ts';

/** Twenty rules, each about a signal of its own at each site: one in ten asks by PromQL, one in ten reads how far from normal it is. */
export function monthRules(): object[] {
  return Array.from({ length: SIGNALS }, (_, index) => ({
    name: `rule-${String(index).padStart(2, '0')}`,
    description: 'A rule of the bench.',
    priority: (index % 3) + 1,
    mode: 'auto',
    target: { by: ['job', 'site'] },
    facts: { level: factOf(index) },
    when: { fact: 'level', operator: 'greaterThan', value: index % 10 === 8 ? 5 : 1 },
    clear: { fact: 'level', operator: 'lessThan', value: index % 10 === 8 ? 4 : 0.9 },
    for: '2m',
    action: CLEAR_CACHE,
    expect: { signal: signalName(index), direction: 'lower', settle: '1m', window: '30m' },
  }));
}

function factOf(index: number): object {
  const signal = signalName(index);
  if (index % 10 === 9)
    return { promql: `max by (job, site) (avg_over_time(evenkeel:signal:value{signal="${signal}"}[2m]))` };
  return index % 10 === 8 ? { signal, reading: 'zscore' } : { signal };
}
