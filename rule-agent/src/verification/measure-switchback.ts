import type { Decided } from '../model/event.ts';
import type { Switchback } from '../model/history.ts';
import type { Expectation } from '../model/rule.ts';
import { blockMs, watchedForMs } from '../model/switchback.ts';
import { type Measured, nothing } from './measured.ts';
import { meanOf } from './mean.ts';
import { type ReadRange, readPast, signalPastQuery } from './past-query.ts';
import type { SignalHistory } from './signal-history.ts';
import { judgeSwitchback } from './switchback.ts';

/** Of the points of a window, those that have to be there. */
const ENOUGH = 0.8;
const POINTS_OF_A_WINDOW = 20;
const [SHORTEST_POINT_MS, LONGEST_POINT_MS] = [1_000, 60_000];

interface Played {
  decided: Pick<Decided, 'target' | 'expect' | 'switchbackOrder'>;
  switchback: Pick<Switchback, 'startedAtMs'>;
}

/** Measures an action that was switched on and off. All of its blocks have to have passed; no other past is needed. */
export async function measureSwitchback({ decided, switchback }: Played, read: ReadRange): Promise<Measured> {
  const { target, expect, switchbackOrder: order = [] } = decided;
  const { startedAtMs } = switchback;
  const found = await readPast(
    read,
    { promql: signalPastQuery(expect.signal, target), target },
    { fromMs: startedAtMs, toMs: startedAtMs + watchedForMs(expect), stepMs: blockPointMs(expect.windowMs) },
  );
  if (found.kind === 'failed') return { ok: false, because: found.because };
  if (found.kind === 'absent') return nothing('missing_data', found.because);
  const means = order.map((_, block) => meanOfBlock(found.series, { block, startedAtMs, expect }));
  const missing = means.findIndex(Number.isNaN);
  if (missing !== -1) {
    return nothing('missing_data', `more than a fifth of block ${missing + 1} of ${means.length} is missing`);
  }
  const { direction, minimum, windowMs } = expect;
  const onSeconds = (windowMs * order.length) / 2 / 1000;
  return { ok: true, judgement: judgeSwitchback({ order, means, direction, minimum, onSeconds }) };
}

/**
 * Finer than the points of a long past, since a block is short: a second at the least, which is as often as anybody records a signal,
 * and a minute at the most.
 */
function blockPointMs(windowMs: number): number {
  const pointMs = Math.floor(windowMs / POINTS_OF_A_WINDOW / 1_000) * 1_000;
  return Math.min(LONGEST_POINT_MS, Math.max(SHORTEST_POINT_MS, pointMs));
}

interface Block {
  block: number;
  startedAtMs: number;
  expect: Pick<Expectation, 'settleMs' | 'windowMs'>;
}

/** The mean over the window of a block, which is its end; NaN where too much of it is missing. */
function meanOfBlock(
  { firstMs, pointMs, values }: SignalHistory,
  { block, startedAtMs, expect }: Block,
): number {
  const endMs = startedAtMs + (block + 1) * blockMs(expect);
  const pointsUntil = (ms: number) => Math.max(0, Math.floor((ms - firstMs) / pointMs) + 1);
  const [from, to] = [pointsUntil(endMs - expect.windowMs), pointsUntil(endMs)];
  const there = values.subarray(from, to).filter((value) => !Number.isNaN(value));
  return there.length >= ENOUGH * (to - from) ? meanOf(there) : NaN;
}
