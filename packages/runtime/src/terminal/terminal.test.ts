import { describe, expect, it } from '@jest/globals';
import { createReporter } from './reporter.ts';
import { formatStopwatch } from './stopwatch.ts';
import { renderTable } from './table.ts';

describe('renderTable', () => {
  it('aligns columns and leaves no space at the ends', () => {
    expect(
      renderTable([
        ['a', 'bb', 'c'],
        ['aaa', 'b'],
      ]),
    ).toBe('  a    bb  c\n  aaa  b');
  });
});

describe('formatStopwatch', () => {
  it.each([
    [0, '0:00.0'],
    [7_349, '0:07.3'],
    [59_999, '0:59.9'],
    [720_000, '12:00.0'],
  ])('%d ms is %s', (ms, text) => expect(formatStopwatch(ms)).toBe(text));
});

describe('createReporter', () => {
  it('says nothing of success when a step fails', async () => {
    let text = '';
    const reporter = createReporter({ write: (more) => (text += more) });
    await expect(reporter.step('exporter', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(text).toBe('');
    await reporter.step('agent', () => Promise.resolve());
    expect(text).toMatch(/^ {2}agent\s+up after \d+\.\d s\n$/);
  });
});
