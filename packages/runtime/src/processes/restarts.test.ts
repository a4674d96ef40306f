import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import { restartedPart, type Running } from './restarts.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A part of which each life ends when the test says so. */
function setUp() {
  const clock = new ManualClock();
  const told: string[] = [];
  const lives: PromiseWithResolvers<void>[] = [];
  let refusals = 0;
  const start = (): Promise<Running> => {
    if (refusals > 0) {
      refusals -= 1;
      return Promise.reject(new Error('the port is taken'));
    }
    const life = Promise.withResolvers<void>();
    lives.push(life);
    return Promise.resolve({ ended: life.promise, stop: async () => life.reject(new Error('stopped')) });
  };
  const part = restartedPart({
    name: 'exporter',
    start,
    clock,
    report: {
      down: (name, { error, pauseMs }) =>
        told.push(`${name}: ${(error as Error).message}, again in ${pauseMs / 1000} s`),
      upAgain: (name) => told.push(`${name} is up again`),
    },
  });
  const die = async () => {
    lives.at(-1)!.reject(new Error('killed'));
    await settled();
  };
  return { clock, told, lives, part, die, refuse: (times: number) => (refusals = times) };
}

describe('a part that ends by itself', () => {
  it('is started again after a pause, and that is told', async () => {
    const { part, die, told, clock, lives } = setUp();
    await part.start();
    await die();
    expect([told, lives.length]).toEqual([['exporter: killed, again in 1 s'], 1]);
    await clock.advance(1_000);
    expect([told.at(-1), lives.length]).toEqual(['exporter is up again', 2]);
    await part.stop();
  });

  it('is started after pauses that double up to a minute, whether it ends or does not start', async () => {
    const { part, die, told, clock, refuse } = setUp();
    await part.start();
    refuse(7);
    await die();
    for (const seconds of [1, 2, 4, 8, 16, 32, 60]) await clock.advance(seconds * 1_000);
    expect(told.map((line) => /again in (\d+) s/.exec(line)?.[1])).toEqual([
      '1',
      '2',
      '4',
      '8',
      '16',
      '32',
      '60',
      '60',
    ]);
    await clock.advance(60_000);
    expect(told.at(-1)).toBe('exporter is up again');
    await part.stop();
  });

  it('begins with the shortest pause again when it was up for a minute', async () => {
    const { part, die, told, clock } = setUp();
    await part.start();
    await die();
    await clock.advance(1_000);
    await clock.advance(60_000);
    await die();
    expect(told.at(-1)).toBe('exporter: killed, again in 1 s');
    await part.stop();
  });

  it('is not started again when it was stopped, in a pause either, or when its work is done', async () => {
    const stopped = setUp();
    await stopped.part.start();
    await stopped.part.stop();
    const pausing = setUp();
    await pausing.part.start();
    await pausing.die();
    await pausing.part.stop();
    const done = setUp();
    await done.part.start();
    done.lives[0]!.resolve();
    await done.part.stop();
    for (const { clock, lives } of [stopped, pausing, done]) {
      await clock.advance(60_000);
      expect(lives).toHaveLength(1);
    }
  });

  it('fails like any part when it does not start the first time', async () => {
    const { part, refuse } = setUp();
    refuse(1);
    await expect(part.start()).rejects.toThrow('the port is taken');
  });
});
