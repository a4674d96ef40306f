import { EvenkeelError } from '@evenkeel/toolkit';
import { SIGNAL_INFO, SIGNAL_VALUE } from '@evenkeel/signals';
import type { Source } from './sources.ts';

/** Which signals there are: those that have a value now, and those that Prometheus has a rule for. */
export const SIGNAL_NAMES_QUERY = `group by (signal) (${SIGNAL_VALUE}) or group by (signal) (${SIGNAL_INFO})`;

/**
 * The names of the signals that the first endpoint which answers has.
 *
 * @throws EvenkeelError PROMETHEUS_UNREADABLE when none answers
 */
export async function readSignalNames(sources: readonly Source[]): Promise<ReadonlySet<string>> {
  const reasons: string[] = [];
  for (const { name, url, prometheus } of sources) {
    const result = await prometheus.query(SIGNAL_NAMES_QUERY);
    if (result.ok) return new Set(result.samples.flatMap(({ labels }) => labels.signal ?? []));
    reasons.push(`${name} (${url}): ${result.because}`);
  }
  throw new EvenkeelError('PROMETHEUS_UNREADABLE', `the signals cannot be read\n${reasons.join('\n')}`, {
    hint: 'check prometheus in the configuration, and that it can be reached from here',
  });
}
