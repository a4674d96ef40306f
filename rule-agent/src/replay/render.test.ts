import { describe, expect, it } from '@jest/globals';
import { T0, warehouse } from '../../test/build.ts';
import { renderReplay } from './render.ts';

const MINUTE_MS = 60_000;
const firing = {
  ...{ rule: 'slow-api', target: warehouse, targetKey: '', startMs: T0, endMs: T0 + 30 * MINUTE_MS },
  ended: 'clear' as const,
  decided: [{ atMs: T0 + 5 * MINUTE_MS, mode: 'auto' as const }],
  suppressed: [
    { atMs: T0 + 10 * MINUTE_MS, guard: 'cooldown', because: 'it rests, until "12:20"' },
    { atMs: T0 + 20 * MINUTE_MS, guard: 'budget', because: '=1+1' },
  ],
  alerts: ['SlowApi'],
};
const short = {
  ...{ rule: 'slow-api', target: warehouse, targetKey: '', startMs: T0 + 60 * MINUTE_MS },
  ...{ endMs: T0 + 61 * MINUTE_MS, ended: 'clear' as const, decided: [], suppressed: [], alerts: [] },
};
const report = {
  ...{ fromMs: T0, toMs: T0 + 120 * MINUTE_MS, stepMs: MINUTE_MS, unknown: ['no-data'] },
  firings: [firing, short],
  rules: [
    {
      name: 'slow-api',
      sensitivity: { ok: true as const, moments: 40, lowered: true, standardError: 0.12, smallestSeen: 0.31 },
    },
  ],
};

describe('a replay as a text', () => {
  it('has a line for each firing and one for each rule', () => {
    expect(renderReplay({ report }, 'table')).toBe(`\
2026-11-23 12:00 to 2026-11-23 14:00 UTC, a look every 1m: what is shorter than that may be missed

RULE      TARGET         START             LASTED  ACTIONS  HELD BACK BY     ALERTS
slow-api  job=warehouse  2026-11-23 12:00  30m     1        cooldown budget  SlowApi
slow-api  job=warehouse  2026-11-23 13:00  1m      0        -                -

slow-api: 2 firings (1 shorter than "for"), 1 action; 40 comparable moments (of a lower threshold), standard error 0.120, an effect of 0.310 is seen 8 times in 10
warning: nothing was known of the facts of no-data in this time
`);
  });

  it('says which firings only one of two versions has', () => {
    const difference = { added: [short], removed: [], kept: 1 };
    expect(renderReplay({ report, difference }, 'table')).toContain(`
against the older version: 1 more, 0 fewer, 1 the same
+ slow-api  job=warehouse  2026-11-23 13:00  1m
`);
  });

  it('is JSON with everything', () => {
    const difference = { added: [], removed: [short], kept: 2 };
    const text = renderReplay({ report, difference }, 'json');
    expect(JSON.parse(text)).toEqual({ ...report, against: difference });
  });

  it('is CSV whose texts neither break a line nor are taken for formulas', () => {
    const risky = { ...firing, suppressed: [firing.suppressed[1]!, firing.suppressed[0]!] };
    expect(renderReplay({ report: { ...report, firings: [risky] } }, 'csv')).toBe(
      [
        'rule,target,start,end,ended,actions,held_back_by,because,alerts',
        `slow-api,job=warehouse,2026-11-23T12:00:00.000Z,2026-11-23T12:30:00.000Z,clear,1,budget cooldown,"'=1+1; it rests, until ""12:20""",SlowApi`,
        '',
      ].join('\r\n'),
    );
  });
});
