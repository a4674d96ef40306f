import type { Registry } from 'prom-client';
import { counter } from './instruments.ts';

export function journalMetrics(registry: Registry) {
  const writes = counter(registry, {
    name: 'evenkeel_agent_journal_writes_total',
    help: 'Rows written to the journal (ok), writes that failed (failed), and alerts that no journal could store (left_out).',
    labelNames: ['outcome'],
  });
  for (const outcome of ['ok', 'failed', 'left_out']) writes.inc({ outcome }, 0);
  return {
    journalWritten: () => writes.inc({ outcome: 'ok' }),
    journalWriteFailed: () => writes.inc({ outcome: 'failed' }),
    alertLeftOut: () => writes.inc({ outcome: 'left_out' }),
  };
}
