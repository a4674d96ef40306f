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
});
