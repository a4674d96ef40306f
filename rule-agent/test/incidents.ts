import type { Schema } from '@evenkeel/agent-api';
import { Random } from '../../test/bench/suites/verdicts/random.ts';
import type { AgentHarness } from './agent-harness.ts';
import { buildRule, T0 } from './build.ts';
import type { Rule } from '../src/model/rule.ts';

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WINDOW_MINUTES = 15;

/** `slow-api`, which settles for a minute and is measured for 15. */
export function measuredRule(): Rule {
  return buildRule({
    holding: { steadyMs: 4_000 },
    expect: { ...buildRule().expect, settleMs: MINUTE_MS, windowMs: WINDOW_MINUTES * MINUTE_MS },
    target: { by: ['job'], match: { job: 'warehouse' } },
  });
}

/**
 * What Prometheus has recorded minute by minute: some noise, and about four incidents a day that last from 10 minutes to an hour and
 * then go away by themselves. The last one has just begun at T0; `lastsMinutes` of it are high.
 */
export function incidents(
  days: number,
  lastsMinutes: number,
): (query: string, atMs: number) => number | undefined {
  const random = new Random(11);
  const minutes = days * DAY_MINUTES;
  const values = Float64Array.from({ length: minutes + 60 }, () => 0.3 + 0.05 * random.normal());
  const high = (from: number, count: number) => {
    for (let at = from; at < Math.min(from + count, values.length); at++)
      values[at] = 3 + 0.2 * random.normal();
  };
  for (let at = 0; at < minutes - 120; at += 240 + Math.floor(200 * random.uniform())) {
    high(at, 10 + Math.floor(50 * random.uniform()));
  }
  high(minutes - 1, lastsMinutes);
  return (query, atMs) =>
    query.startsWith('evenkeel:signal:value{')
      ? values[Math.round((atMs - T0) / MINUTE_MS) + minutes]
      : undefined;
}

/** Lets the rule fire and act, and its window pass; gives the episode. */
export async function actAndMeasure(harness: AgentHarness): Promise<Schema<'Episode'>> {
  await harness.cycles(3);
  harness.seeLatency('0.3');
  for (let minute = 0; minute < WINDOW_MINUTES + 3; minute++) await harness.cycle(MINUTE_MS);
  return (await harness.items('episodes'))[0] as Schema<'Episode'>;
}
