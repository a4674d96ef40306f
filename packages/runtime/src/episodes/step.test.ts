import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import { findEpisode } from './episode.ts';
import { type Done, type Sight, takeStep, takeTogether } from './step.ts';
import { formatValue } from './timeline.ts';

async function take(sights: (Sight | Error)[], deadlineMs = 2_000): Promise<Done> {
  const clock = new ManualClock();
  let looks = 0;
  const look = () => {
    const sight = sights[Math.min(looks++, sights.length - 1)]!;
    return sight instanceof Error ? Promise.reject(sight) : Promise.resolve(sight);
  };
  const taken = takeStep({ name: 'the agent acts', deadlineMs, look }, clock);
  const ended = taken.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([ended, clock.advance(500).then(() => false)])));
  return taken;
}

describe('takeStep', () => {
  it('looks again until it is done, errors in between included', async () => {
    expect(await take([{ seen: 'nothing' }, new Error('refused'), { done: 'acted' }])).toEqual({
      done: 'acted',
      atMs: expect.any(Number),
    });
  });

  it('keeps the time at which it happened, where that is known', async () => {
    expect(await take([{ seen: 'nothing' }, { done: 'acted', atMs: 7 }])).toEqual({ done: 'acted', atMs: 7 });
  });

  it('says what it saw last when the deadline passes', async () => {
    await expect(take([{ seen: 'suppressed by cooldown' }])).rejects.toMatchObject({
      code: 'EPISODE_FAILED',
      message: '"the agent acts" did not happen within 2 s; seen: suppressed by cooldown',
    });
  });
});

describe('takeTogether', () => {
  const step = (name: string, sight: Sight) => ({ name, deadlineMs: 0, look: () => Promise.resolve(sight) });
  const take = async (...steps: Parameters<typeof takeTogether>[0]) => {
    const clock = new ManualClock();
    const taken = takeTogether(steps, clock);
    for (let turn = 0; turn < 5; turn += 1) await clock.advance(500);
    return taken;
  };

  it('tells what happened in the order of its times, whatever was looked for first', async () => {
    const taken = await take(
      step('alert', { done: 'alert', atMs: 42_600 }),
      step('decision', { done: 'decision', atMs: 41_900 }),
    );
    expect(taken).toEqual({
      done: [
        { done: 'decision', atMs: 41_900 },
        { done: 'alert', atMs: 42_600 },
      ],
    });
  });

  it('tells what happened although something else did not', async () => {
    const taken = await take(
      step('alert', { seen: 'none' }),
      step('decision', { done: 'decision', atMs: 7 }),
    );
    expect(taken).toMatchObject({
      done: [{ done: 'decision' }],
      failure: { message: expect.stringContaining('"alert" did not happen') },
    });
  });
});

describe('findEpisode', () => {
  it('knows the four episodes and says what was meant', () => {
    expect(findEpisode('errors').rule).toBe('high-error-rate');
    expect(() => findEpisode('slow')).toThrow(expect.objectContaining({ hint: 'did you mean slow-api?' }));
  });
});

describe('formatValue', () => {
  it('shows values in units that a person reads, and missing ones as missing', () => {
    expect([
      formatValue(0.1234, 'ratio'),
      formatValue(0.042, 'seconds'),
      formatValue(3.456, 'seconds'),
      formatValue(12, 'requests_per_second'),
      formatValue(undefined, 'ratio'),
    ]).toEqual(['12.3 %', '42 ms', '3.46 s', '12.0', 'missing']);
  });
});
