import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import { briefly } from './briefly.ts';

function reading() {
  const clock = new ManualClock(0);
  const asked: { name: string; answer: (found: string) => void; fail: (error: Error) => void }[] = [];
  const read = briefly<string>(
    (name) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      asked.push({ name, answer: resolve, fail: reject });
      return promise;
    },
    { clock, keptMs: 1_000, mostKept: 2, mostAtOnce: 2 },
  );
  return { clock, asked, read };
}

describe('briefly', () => {
  it('reads once for all who ask at the same time, and for those who ask soon after', async () => {
    const { clock, asked, read } = reading();
    const both = [read('a')!, read('a')!];
    asked[0]!.answer('found');
    expect(await Promise.all(both)).toEqual(['found', 'found']);
    await clock.advance(999);
    expect(await read('a')).toBe('found');
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    void read('a');
    expect(asked).toHaveLength(2);
  });

  it('reads no more than two beside each other', async () => {
    const { asked, read } = reading();
    const first = read('a');
    void read('b');
    expect(read('c')).toBeUndefined();
    asked[0]!.answer('found');
    await first;
    expect(read('c')).toBeDefined();
  });

  it('keeps the two that were asked for last', async () => {
    const { asked, read } = reading();
    for (const name of ['a', 'b', 'c']) {
      const found = read(name);
      asked.at(-1)!.answer(name);
      await found;
    }
    await read('c');
    expect(asked.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    void read('a');
    expect(asked.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not keep what failed', async () => {
    const { asked, read } = reading();
    const failed = read('a');
    asked[0]!.fail(new Error('down'));
    await expect(failed).rejects.toThrow('down');
    void read('a');
    expect(asked).toHaveLength(2);
  });
});
