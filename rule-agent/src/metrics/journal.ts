import type { Registry } from 'prom-client';
import { counter, gauge } from './instruments.ts';

export function journalMetrics(registry: Registry) {
  const writes = counter(registry, {
    name: 'evenkeel_agent_journal_writes_total',
    help: 'Rows written to the journal (ok), writes that failed (failed), and alerts that no journal could store (left_out).',
    labelNames: ['outcome'],
  });
  for (const outcome of ['ok', 'failed', 'left_out']) writes.inc({ outcome }, 0);
  const up = gauge(registry, {
    name: 'evenkeel_agent_journal_up',
    help: '1 when the journal could be read and written in the last cycle; else 0, and the agent does not act.',
  });
  return {
    journalWorks: (works: boolean) => up.set(Number(works)),
    journalWritten: () => writes.inc({ outcome: 'ok' }),
    journalWriteFailed: () => writes.inc({ outcome: 'failed' }),
    alertLeftOut: () => writes.inc({ outcome: 'left_out' }),
  };
}
