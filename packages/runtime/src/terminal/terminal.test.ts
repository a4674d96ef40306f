import { describe, expect, it } from '@jest/globals';
import { EvenkeelError } from '@evenkeel/toolkit';
import { renderWithoutPreview } from './addresses.ts';
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

describe('renderWithoutPreview', () => {
  it('says that the system does not need it, why it is not there, and what to do', () => {
    const error = new EvenkeelError('PORT_IN_USE', 'port 3001 is in use by node (pid 7)', {
      hint: 'choose another port with --preview-port',
    });
    const text = renderWithoutPreview(error);
    expect(text).toMatch(/^ {2}The preview of the panel is not there; everything else runs without it\./m);
    expect(text).toMatch(/^ {4}.*port 3001 is in use by node \(pid 7\)/m);
    expect(text).toMatch(/^ {4}.*--preview-port/m);
  });
});
