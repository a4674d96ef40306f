import { afterEach, describe, expect, it } from '@jest/globals';
import { TaskThread } from './task-thread.ts';

const WORKER = new URL('../../testdata/threads/worker.ts', import.meta.url);

let thread: TaskThread<string, unknown>;

function open(options: { deadlineMs?: number; maxWaiting?: number; memoryMb?: number } = {}) {
  thread = new TaskThread({
    ...{ script: WORKER, data: 'did', deadlineMs: 30_000, maxWaiting: 1, memoryMb: 32, idleMs: 60_000 },
    ...options,
  });
}

afterEach(() => thread.stop());

describe('a thread for tasks', () => {
  it('does one after the other, and knows what it was given once', async () => {
    open();
    const both = await Promise.all([thread.run('this'), thread.run('that')]);
    expect(both).toEqual([
      { kind: 'finished', result: 'did this' },
      { kind: 'finished', result: 'did that' },
    ]);
  });

  it('refuses a task when as many wait as may', async () => {
    open({ maxWaiting: 1 });
    const [first, second, third] = await Promise.all([thread.run('a'), thread.run('b'), thread.run('c')]);
    expect([first.kind, second.kind, third.kind]).toEqual(['finished', 'finished', 'busy']);
    expect((await thread.run('d')).kind).toBe('finished');
  });

  it('ends with a task that is late, and goes on with the next', async () => {
    open({ deadlineMs: 1_500 });
    const [late, next] = await Promise.all([thread.run('hang'), thread.run('this')]);
    expect(late).toEqual({ kind: 'late' });
    expect(next).toEqual({ kind: 'finished', result: 'did this' });
  });

  it('dies alone of a task that needs too much memory, or throws', async () => {
    open();
    expect(await thread.run('fill')).toMatchObject({ kind: 'died' });
    expect(await thread.run('throw')).toEqual({ kind: 'died', because: 'as it was told' });
    expect(await thread.run('this')).toEqual({ kind: 'finished', result: 'did this' });
  });

  it('sees no variable of the environment', async () => {
    open();
    expect(await thread.run('environment')).toEqual({ kind: 'finished', result: [] });
  });

  it('can be stopped and used again', async () => {
    open();
    await thread.run('this');
    await thread.stop();
    expect(await thread.run('that')).toEqual({ kind: 'finished', result: 'did that' });
  });
});
