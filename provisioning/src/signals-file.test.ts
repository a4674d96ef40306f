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
});
