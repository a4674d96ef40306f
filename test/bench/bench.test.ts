import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command.ts';
import { ratio, type Suite } from './measurement.ts';
import { renderJson, renderTable } from './output.ts';
import { quantile } from './statistics.ts';

const suites: Suite[] = ['exporter', 'rules'].map((name) => ({
  name,
  about: `about ${name}`,
  run: async () => [],
}));
const held = ratio({
  suite: 'exporter',
  name: 'scrape_cpu',
  ours: 1,
  theirs: 3,
  of: 'node_exporter',
  goal: 1,
});
const missed = ratio({
  suite: 'exporter',
  name: 'latency',
  ours: 4,
  theirs: 2,
  of: 'node_exporter',
  goal: 1,
});
const forInformation = ratio({ suite: 'exporter', name: 'p50', ours: 4, theirs: 2, of: 'node_exporter' });

describe('readCommand', () => {
  it('runs all suites when none is named', () => {
    expect(readCommand([], suites)).toEqual({ suites, asJson: false });
  });

  it('runs the suites that are named', () => {
    expect(readCommand(['rules', '--json'], suites)).toEqual({ suites: [suites[1]], asJson: true });
  });

  it('refuses a suite that there is not, and lists those there are', () => {
    expect(() => readCommand(['rule'], suites)).toThrow(
      expect.objectContaining({
        message: 'there is no suite rule',
        hint: 'the suites are: exporter (about exporter), rules (about rules)',
      }),
    );
  });

  it('refuses an unknown flag', () => expect(() => readCommand(['--jsn'], suites)).toThrow(/jsn/));
});

describe('ratio', () => {
  it('holds its goal or not', () =>
    expect([held.ok, missed.ok, forInformation.ok]).toEqual([true, false, true]));
});

describe('renderJson', () => {
  it('writes one object a line', () => {
    const lines = renderJson([held, forInformation]).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        suite: 'exporter',
        name: 'scrape_cpu',
        value: 0.333,
        unit: 'ratio',
        goal: 1,
        ok: true,
        of: 'node_exporter',
      },
      { suite: 'exporter', name: 'p50', value: 2, unit: 'ratio', goal: null, ok: true, of: 'node_exporter' },
    ]);
  });
});

describe('renderTable', () => {
  it('aligns the columns and shows what missed its goal', () => {
    expect(renderTable([held, missed, forInformation])).toBe(
      [
        'suite     name        value  goal  ok   measured against',
        'exporter  scrape_cpu  0.333  <= 1  yes  node_exporter',
        'exporter  latency     2      <= 1  NO   node_exporter',
        'exporter  p50         2                 node_exporter',
        '',
      ].join('\n'),
    );
  });
});

describe('quantile', () => {
  it('is the nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect([quantile(values, 0), quantile(values, 0.5), quantile(values, 0.99)]).toEqual([1, 3, 5]);
  });

  it('refuses nothing at all', () => expect(() => quantile([], 0.5)).toThrow());
});
