import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import { createCycleLoop } from './cycle-loop.ts';

function loopOf(run: () => Promise<void>) {
  const clock = new ManualClock(1_000_000);
  const missed: number[] = [];
  const loop = createCycleLoop({ clock, intervalMs: 2_000, run, onMissed: (turns) => missed.push(turns) });
  return { clock, missed, loop };
}

describe('the loop of cycles', () => {
  it('runs one at once and one each interval', async () => {
    let runs = 0;
    const { clock, missed, loop } = loopOf(async () => void (runs += 1));
    await loop.start();
    await clock.advance(0);
    expect(runs).toBe(1);
    await clock.advance(1_999);
    expect(runs).toBe(1);
    await clock.advance(1);
    expect(runs).toBe(2);
    await loop.stop();
    expect(missed).toEqual([]);
  });

  it('never overlaps cycles: a slow one costs the turns it covers, and they are counted', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const { clock, missed, loop } = loopOf(async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      if (runs === 1) await clock.sleep(5_000);
      running -= 1;
    });
    await loop.start();
    for (let ms = 0; ms < 10; ms++) await clock.advance(1_000);
    await loop.stop();
    expect(most).toBe(1);
    expect(missed).toEqual([2]);
    // At 0 s, then 6 s, 8 s and 10 s: the turns at 2 s and 4 s were covered.
    expect(runs).toBe(4);
  });

  it('waits for the running cycle when it stops', async () => {
    let ended = false;
    const { clock, loop } = loopOf(async () => {
      await clock.sleep(500);
      ended = true;
    });
    await loop.start();
    const stopped = loop.stop();
    await clock.advance(500);
    await stopped;
    expect(ended).toBe(true);
  });
});
