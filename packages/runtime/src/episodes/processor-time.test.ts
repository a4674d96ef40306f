import { describe, expect, it } from '@jest/globals';
import { describeOthers, ownTimeOf, readProcessorTime } from './processor-time.ts';

const START = { total: 0, idle: 0, own: 0 };

describe('describeOthers', () => {
  it('says how busy the machine was, and with what', () => {
    expect(describeOthers(START, { total: 1_000, idle: 30, own: 350 })).toMatch(
      /^the machine was 97 % busy meanwhile, 62 % with other programs: .* try again when it has less to do$/,
    );
  });

  it.each([
    ['it had time left', { total: 1_000, idle: 300, own: 0 }],
    ['the system itself kept it busy', { total: 1_000, idle: 0, own: 900 }],
    ['no time passed', START],
  ])('says nothing when %s', (_why, after) => {
    expect(describeOthers(START, after)).toBeUndefined();
  });
});

describe('ownTimeOf', () => {
  it('counts a process and all below it, and nothing beside it', () => {
    const processes = [
      { pid: 1, parent: 0, usedMs: 1_000 },
      { pid: 10, parent: 1, usedMs: 1 },
      { pid: 11, parent: 10, usedMs: 20 },
      { pid: 12, parent: 11, usedMs: 300 },
      { pid: 20, parent: 1, usedMs: 4_000 },
    ];
    expect(ownTimeOf(processes, 10)).toBe(321);
  });
});

describe('readProcessorTime', () => {
  it('reads what this machine and this process have done', () => {
    const { total, idle, own } = readProcessorTime();
    expect(total).toBeGreaterThan(idle);
    expect(own).toBeGreaterThan(0);
  });
});
