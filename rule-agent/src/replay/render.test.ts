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
  ...{ alerts: ['SlowApi'], episodes: ['slow-api-1a2b'] },
};
const short = {
  ...{ rule: 'slow-api', target: warehouse, targetKey: '', startMs: T0 + 60 * MINUTE_MS },
  ...{ endMs: T0 + 61 * MINUTE_MS, ended: 'clear' as const, decided: [], suppressed: [], alerts: [] },
  episodes: [],
};
const report = {
  ...{ fromMs: T0, toMs: T0 + 120 * MINUTE_MS, stepMs: MINUTE_MS, knownFromMs: T0 },
  unseenEpisodes: [{ episode: 'slow-api-9f8e', rule: 'slow-api', atMs: T0 + 90 * MINUTE_MS }],
  firings: [firing, short],
  rules: [
    {
      name: 'slow-api',
      known: { share: 0.997 },
      sensitivity: {
        ...{ ok: true as const, moments: 40, lowered: true, standardError: 0.12, smallestSeen: 0.31 },
        ...{
          controls: 2,
          proof: [
            { sigmas: 0.5, effect: 1 },
            { sigmas: 1, effect: 2, episodes: 22 },
          ],
        },
      },
    },
    {
      name: 'rare',
      known: { share: 0, because: 'queue: there is no such series' },
      sensitivity: { ok: false as const, because: 'no action whose window is over by --to' },
    },
  ],
};

describe('a replay as a text', () => {
  it('has a line for each firing and one for each rule, and says what the columns are', () => {
    expect(renderReplay({ report, width: 80 }, 'table')).toBe(`\
2026-11-23 12:00 to 2026-11-23 14:00 UTC, a look every 1m: what is shorter than
that may be missed

RULE      JOB        START        LASTED  ACTIONS  GUARDS     ALERTS   EPISODES
slow-api  warehouse  11-23 12:00     30m        1  cooldown…  SlowApi  slow-api…
slow-api  warehouse  11-23 13:00      1m        0  -          -        -

RULE      KNOWN  FIRINGS  SHORT  ACTIONS  MOMENTS  ERROR  SEEN  PROOF
slow-api   99 %        2      1        1      40*   0.12  0.31   -/22
rare        0 %        0      -        0        -      -     -      -

KNOWN: the share of looks at which its facts were known. SHORT: over before
"for" was. MOMENTS: comparable ones, * of a lower threshold. ERROR: the standard
error of a forecast, in the unit of the signal. SEEN: the smallest effect that 8
of 10 episodes show. PROOF: episodes until an effect of 0.5, 1 and 2 standard
deviations of the signal is proven.

rare: a verdict could tell nothing yet: no action whose window is over by --to
warning: rare could not be evaluated at any time: queue: there is no such series
warning: episode slow-api-9f8e of 2026-11-23 13:30 has no firing here
`);
  });

  it('says which firings only one of two versions has', () => {
    const difference = { added: [short], removed: [], kept: 1 };
    expect(renderReplay({ report, difference }, 'table')).toContain(`
against the older version: 1 more, 0 fewer, 1 the same
   RULE      JOB        START        LASTED  ACTIONS
+  slow-api  warehouse  11-23 13:00      1m        0
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
        'rule,target,start,end,ended,actions,held_back_by,because,alerts,episodes',
        `slow-api,job=warehouse,2026-11-23T12:00:00.000Z,2026-11-23T12:30:00.000Z,clear,1,budget cooldown,"'=1+1; it rests, until ""12:20""",SlowApi,slow-api-1a2b`,
        '',
      ].join('\r\n'),
    );
  });
});
