import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@evenkeel/toolkit';
import { buildDecided, T0 } from '../../test/build.ts';
import type { Suppressed } from '../model/event.ts';
import { announceTo } from './announce.ts';
import { createAgentMetrics } from '../metrics/index.ts';

function heldBack(count: number): Suppressed[] {
  return Array.from({ length: count }, (_, index) => {
    const { rule, ruleVersion } = buildDecided();
    const of = { rule, ruleVersion, target: { job: `job-${index}` }, targetKey: `{job="job-${index}"}` };
    return { kind: 'suppressed', at: T0, ...of, firingStart: T0, guard: 'blast_radius', because: 'storm' };
  });
}

function announcer() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) };
  const metrics = createAgentMetrics('0');
  const logger = createLogger({ name: 'test', format: 'json', destination });
  return { announce: announceTo(metrics, logger), lines, metrics };
}

describe('what is held back', () => {
  it('has a line each while it is little', () => {
    const { announce, lines } = announcer();
    announce.onRecorded(heldBack(20));
    expect(lines).toHaveLength(20);
  });

  it('has a line together beyond that; what is done has its own, and all of it counts', async () => {
    const { announce, lines, metrics } = announcer();
    announce.onRecorded([...heldBack(90), buildDecided()]);
    expect(lines.filter(({ event }) => event === 'suppressed')).toHaveLength(21);
    expect(lines.filter(({ event }) => event === 'decided')).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ more: 70 });
    expect(await metrics.registry.metrics()).toMatch(/journal_writes_total\{outcome="ok"\} 91/);
  });
});
