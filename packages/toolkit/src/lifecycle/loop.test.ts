import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../clock.ts';
import { createLogger } from '../logger.ts';
import { createLoop, type LoopOptions } from './loop.ts';

const START_MS = 1_000_000;

function loopOf(run: (clock: ManualClock) => Promise<void>, options: Partial<LoopOptions> = {}) {
  const clock = new ManualClock(START_MS);
  const [missed, startedAt, lines]: [number[], number[], string[]] = [[], [], []];
  const write = (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg);
  const loop = createLoop({
    name: 'test',
    clock,
    intervalMs: 2_000,
    run: () => run(clock),
    logger: createLogger({ name: 'test', level: 'info', format: 'json', destination: { write } }),
    onTurn: (turn) => {
      startedAt.push(turn.startedAtMs - START_MS);
      if (turn.missed > 0) missed.push(turn.missed);
    },
    ...options,
  });
  return { clock, loop, missed, lines, startedAt };
}

const nothing = () => Promise.resolve();

describe('a loop', () => {
  it('takes one turn at once and one each interval', async () => {
    const { clock, loop, missed, startedAt } = loopOf(nothing);
    await loop.start();
    await clock.advance(0);
    expect(startedAt).toEqual([0]);
    await clock.advance(1_999);
    expect(startedAt).toEqual([0]);
    await clock.advance(1);
    expect(startedAt).toEqual([0, 2_000]);
    await loop.stop();
    expect(missed).toEqual([]);
  });

  it('waits before its first turn when it is told to', async () => {
    const { clock, loop, startedAt } = loopOf(nothing, { firstAfterMs: 500 });
    await loop.start();
    for (let steps = 0; steps < 5; steps++) await clock.advance(500);
    await loop.stop();
    expect(startedAt).toEqual([500, 2_500]);
  });

  it('never overlaps its turns: a slow one costs the turns it covers, and they are counted', async () => {
    let [running, most, turns] = [0, 0, 0];
    const { clock, loop, missed, startedAt } = loopOf(async (time) => {
      running += 1;
      most = Math.max(most, running);
      if (++turns === 1) await time.sleep(5_000);
      running -= 1;
    });
    await loop.start();
    for (let seconds = 0; seconds < 10; seconds++) await clock.advance(1_000);
    await loop.stop();
    expect(most).toBe(1);
    expect(missed).toEqual([2]);
    // The turns at 2 s and 4 s were covered.
    expect(startedAt).toEqual([0, 6_000, 8_000, 10_000]);
  });

  it('takes a turn when it is woken, and keeps its grid', async () => {
    const { clock, loop, missed, startedAt } = loopOf(nothing);
    await loop.start();
    await clock.advance(500);
    loop.wake();
    loop.wake();
    await clock.advance(0);
    await clock.advance(1_500);
    await loop.stop();
    expect(startedAt).toEqual([0, 500, 2_000]);
    expect(missed).toEqual([]);
  });

  it('takes another turn right after the one under way when it is woken meanwhile', async () => {
    let turns = 0;
    const { clock, loop, startedAt } = loopOf(async (time) => {
      if (++turns === 1) await time.sleep(100);
    });
    await loop.start();
    await clock.advance(50);
    loop.wake();
    await clock.advance(50);
    await clock.advance(0);
    await loop.stop();
    expect(startedAt).toEqual([0, 100]);
  });

  it('goes on after one interval when the clock is set back by an hour', async () => {
    const { clock, loop, startedAt } = loopOf(nothing);
    const hourMs = 3_600_000;
    await loop.start();
    await clock.advance(0);
    clock.setBack(hourMs);
    loop.wake();
    await clock.advance(0);
    for (let turns = 0; turns < 2; turns++) await clock.advance(2_000);
    await loop.stop();
    expect(startedAt).toEqual([0, -hourMs, 2_000 - hourMs, 4_000 - hourMs]);
  });

  it('goes on after a turn that fails, says so once, and says when it works again', async () => {
    let turns = 0;
    const { clock, loop, lines, startedAt } = loopOf(() =>
      ++turns <= 2 ? Promise.reject(new Error('no')) : nothing(),
    );
    await loop.start();
    for (const ms of [0, 2_000, 2_000]) await clock.advance(ms);
    await loop.stop();
    expect(startedAt).toEqual([0, 2_000, 4_000]);
    expect(lines).toEqual(['test failed, it is tried again', 'test works again']);
  });

  it('waits for the turn under way when it stops, and takes no other', async () => {
    let ended = 0;
    const { clock, loop } = loopOf(async (time) => {
      await time.sleep(500);
      ended += 1;
    });
    await loop.start();
    const stopped = loop.stop();
    await clock.advance(500);
    await stopped;
    await clock.advance(10_000);
    expect(ended).toBe(1);
  });
});
