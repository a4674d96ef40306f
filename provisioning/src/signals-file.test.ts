import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadSignalsFile } from './signals-file.ts';

const SHIPPED = join(import.meta.dirname, '..', 'signals.yml');

function load(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'evenkeel-signals-')), 'signals.yml');
  writeFileSync(file, text);
  return loadSignalsFile(file);
}

describe('loadSignalsFile', () => {
  it('reads the file that ships', () => {
    expect(loadSignalsFile(SHIPPED)).toMatchObject({ ok: true });
  });

  it('shows a name that stands twice where it stands the second time', () => {
    const text = readFileSync(SHIPPED, 'utf8').replace('name: memory_utilization', 'name: cpu_utilization');
    const line = text.split('\n').findLastIndex((one) => one.includes('name: cpu_utilization')) + 1;
    const result = load(text);
    if (result.ok) throw new Error('accepted');
    expect(result.diagnostics).toMatchObject([{ code: 'SIGNAL_DUPLICATE', line }]);
    expect(result.text).toContain('^');
  });

  it.each([
    ['SIGNAL_QUERY', 'promql: max by (instance) (system_filesystem_utilization_ratio)', 'sparse: false'],
    ['SIGNAL_LIMITS', 'warn: 0.90\n    page: 0.95\n    predict', 'warn: 0.90\n    page: 0.85\n    predict'],
    ['SIGNAL_LIMITS', 'warn: [-0.25, 0.25]', 'warn: 0.25'],
    ['SIGNAL_LIMITS', 'warn: 0.60\n    score: { good: 0.25', 'warn: [0.1, 0.60]\n    score: { good: 0.25'],
    ['SIGNAL_SCORE', 'good: 0.97, poor: 0.85', 'good: 0.85, poor: 0.97'],
    ['SIGNAL_SCORE', 'good: 0.8, poor: 3', 'good: 0, poor: 3'],
    ['SIGNAL_SCORE', 'unit: processes\n    direction: lower', 'unit: processes\n    direction: higher'],
    ['SIGNAL_SCORE', 'poor: [-0.25, 0.25]', 'poor: [-0.25, 0.01]'],
    ['SIGNAL_PREDICTION', 'limit: supplier_lead_time_p90_seconds', 'limit: supplier_lead_time'],
    ['SIGNAL_PREDICTION', 'limit: supplier_lead_time_p90_seconds', 'limit: api_latency_p95_seconds'],
  ])('says %s where the file has not "%s" but "%s"', (code, sound, broken) => {
    const text = readFileSync(SHIPPED, 'utf8');
    expect(text).toContain(sound);
    const result = load(text.replace(sound, broken));
    if (result.ok) throw new Error('accepted');
    expect(result.diagnostics).toMatchObject([{ code, hint: expect.any(String) }]);
  });
});
