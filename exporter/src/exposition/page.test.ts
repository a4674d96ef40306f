import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Page } from './page.ts';
import { BlockPool, PageWriter } from './page-writer.ts';

const LARGE_BLOCK_BYTES = 1024 * 1024;

function pageOf(lines: number, pool: BlockPool): Page {
  const writer = new PageWriter(pool);
  for (let line = 0; line < lines; line++) writer.text(`units{sku="${line}"} ${line * 7919}\n`);
  return new Page('text/plain', writer.finish(), pool);
}

describe('Page', () => {
  it.each([100, 100_000])('of %d lines is the same when compressed', async (lines) => {
    const page = pageOf(lines, new BlockPool());
    const unpacked = gunzipSync(Buffer.concat(await page.gzipped()));
    expect(unpacked.equals(Buffer.concat(page.pieces))).toBe(true);
  });

  it('keeps its memory until the last reader has released it, and then gives it to the next page', () => {
    const pool = new BlockPool();
    const page = pageOf(50_000, pool);
    const memory = page.pieces.map(({ buffer }) => buffer);
    page.shareWith(2);
    page.release();
    expect(memory).not.toContain(pool.take(LARGE_BLOCK_BYTES).buffer);
    page.release();
    expect(memory).toContain(pool.take(LARGE_BLOCK_BYTES).buffer);
  });
});
