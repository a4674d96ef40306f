import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import { FreshCache } from './fresh-cache.ts';

describe('FreshCache', () => {
  function setUp(maxEntries = 10) {
    const clock = new ManualClock();
    const ttl = { ms: 2000 };
    const loads: string[] = [];
    const cache = new FreshCache<string>({ clock, ttlMs: () => ttl.ms, maxEntries });
    const get = (key: string) =>
      cache.get(key, async () => {
        loads.push(key);
        const nth = loads.length;
        return Promise.resolve(`${key}${nth}`);
      });
    return { clock, ttl, loads, cache, get };
  }

  it('serves what is younger than the TTL and loads what is older', async () => {
    const { clock, loads, get } = setUp();
    expect(await get('a')).toBe('a1');
    await clock.advance(1999);
    expect(await get('a')).toBe('a1');
    await clock.advance(1);
    expect(await get('a')).toBe('a2');
    expect(loads).toEqual(['a', 'a']);
  });

  it('holds a changed TTL against what is cached already', async () => {
    const { clock, ttl, get } = setUp();
    await get('a');
    await clock.advance(60_000);
    ttl.ms = 120_000;
    expect(await get('a')).toBe('a1');
  });

  it('loads once for all who miss at the same time', async () => {
    const { loads, get } = setUp();
    expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['a1', 'a1', 'b2']);
    expect(loads).toEqual(['a', 'b']);
  });

  it('does not keep a failure', async () => {
    const { cache, get } = setUp();
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await get('a')).toBe('a1');
  });

  it('holds no more than it may', async () => {
    const { loads, get } = setUp(1);
    await get('a');
    await get('b');
    await get('a');
    expect(loads).toEqual(['a', 'b', 'a']);
  });
});
