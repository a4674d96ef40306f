import { ManualClock } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { Polled } from './polled.ts';

describe('Polled', () => {
  it('has nothing before the first answer, then the last one with the time it was asked for', async () => {
    const clock = new ManualClock(1_000);
    let answer = 0;
    const polled = new Polled(async () => ++answer, { clock, intervalMs: 100 });
    polled.start();
    expect(polled.current(clock.now())).toBeUndefined();
    await clock.advance(0);
    expect(polled.current(clock.now())).toEqual({ value: 1, takenAtMs: 1_000 });
    await clock.advance(50);
    expect(polled.current(clock.now())).toEqual({ value: 1, takenAtMs: 1_000 });
    await clock.advance(50);
    expect(polled.current(clock.now())).toEqual({ value: 2, takenAtMs: 1_100 });
    polled.stop();
    await clock.advance(1_000);
    expect(answer).toBe(2);
  });

  it('fails while the question fails, and works again by itself', async () => {
    const clock = new ManualClock();
    const answers = [() => Promise.reject(new Error('no such program')), async () => 7];
    const polled = new Polled(() => answers.shift()!(), { clock, intervalMs: 100 });
    polled.start();
    await clock.advance(0);
    expect(() => polled.current(0)).toThrow('no such program');
    await clock.advance(100);
    expect(polled.current(100)?.value).toBe(7);
    polled.stop();
  });

  it('gives an answer up that has not been renewed for long, and asks a question that hangs only once', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const hangs = () => new Promise<never>(() => undefined);
    const polled = new Polled(() => (++asked === 1 ? Promise.resolve(1) : hangs()), {
      clock,
      intervalMs: 100,
    });
    polled.start();
    for (let step = 0; step < 5; step++) await clock.advance(100);
    expect(polled.current(500)?.value).toBe(1);
    await clock.advance(1_500);
    expect(() => polled.current(2_000)).toThrow('no answer for 2 s');
    expect(asked).toBe(2);
    polled.stop();
  });
});
