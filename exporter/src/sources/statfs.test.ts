import { describe, expect, it } from '@jest/globals';
import { readLocalSize, RemoteSizes } from './statfs.ts';

describe('readLocalSize', () => {
  it('reads the file system of the root', () => {
    const { sizeBytes, freeBytes, availableBytes } = readLocalSize('/');
    expect(sizeBytes).toBeGreaterThan(freeBytes);
    expect(freeBytes).toBeGreaterThanOrEqual(availableBytes);
  });
});

describe('RemoteSizes', () => {
  it('gives up at the signal, and does not ask a path again that still hangs', async () => {
    let asked = 0;
    const sizes = new RemoteSizes(() => {
      asked += 1;
      return new Promise(() => undefined);
    });
    const abort = new AbortController();
    const first = sizes.read('/share', abort.signal);
    abort.abort();
    await expect(first).rejects.toThrow('/share does not answer');
    await expect(sizes.read('/share', new AbortController().signal)).rejects.toThrow(
      '/share does not answer',
    );
    expect(asked).toBe(1);
  });

  it('asks again once the path has answered', async () => {
    const sizes = new RemoteSizes(async () => ({ bsize: 2, blocks: 10, bfree: 5, bavail: 4 }));
    const { signal } = new AbortController();
    const expected = { sizeBytes: 20, freeBytes: 10, availableBytes: 8 };
    expect(await sizes.read('/share', signal)).toEqual(expected);
    expect(await sizes.read('/share', signal)).toEqual(expected);
  });

  it.each([
    ['over its quota: full', { blocks: 1000, bfree: 20, bavail: 2 ** 64 - 30 }, [20, 0]],
    ['over its size: full', { blocks: 1000, bfree: 2 ** 64 - 50, bavail: 2 ** 64 - 50 }, [0, 0]],
    ['with more to be had than is free', { blocks: 1000, bfree: 20, bavail: 30 }, [20, 20]],
    ['with more free than there is', { blocks: 1000, bfree: 1200, bavail: 1200 }, [1000, 1000]],
  ])('reads a share %s', async (_what, raw, [freeBytes, availableBytes]) => {
    const sizes = new RemoteSizes(async () => ({ bsize: 1, ...raw }));
    expect(await sizes.read('/share', new AbortController().signal)).toEqual({
      ...{ sizeBytes: 1000, freeBytes, availableBytes },
    });
  });
});
