import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createRunDirectory } from './run-directory.ts';

const newCache = () => mkdtempSync(join(tmpdir(), 'evenkeel-cache-'));

describe('createRunDirectory', () => {
  it('writes secrets that only their user may read, each different', async () => {
    const run = await createRunDirectory(newCache());
    const [first, second] = [await run.writeSecret('a'), await run.writeSecret('b')];
    expect(statSync(first).mode & 0o777).toBe(0o600);
    expect(readFileSync(first, 'utf8')).not.toBe(readFileSync(second, 'utf8'));
    expect(readFileSync(first, 'utf8').trim()).toHaveLength(43);
  });

  it('leaves nothing when removed, but for other runs', async () => {
    const cache = newCache();
    const [one, other] = [await createRunDirectory(cache), await createRunDirectory(cache)];
    await one.remove();
    expect([existsSync(one.path), existsSync(other.path)]).toEqual([false, true]);
    await other.remove();
    expect(readdirSync(cache)).toEqual([]);
  });

  it('forgets data and secrets when cleared, and keeps logs and configs to look at', async () => {
    const run = await createRunDirectory(newCache());
    await run.writeSecret('token');
    await run.write('config/agent.yml', 'interval: 2s\n');
    await run.clear();
    expect(readdirSync(run.path).sort()).toEqual(['config', 'logs', 'pid']);
  });

  it('removes what runs that are over left, and leaves a live one alone', async () => {
    const cache = newCache();
    const live = await createRunDirectory(cache);
    const dead = join(cache, 'run', 'dead');
    mkdirSync(dead);
    // No process has this id: it is beyond the kernel's highest.
    writeFileSync(join(dead, 'pid'), '99999999');
    await createRunDirectory(cache);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(live.path)).toBe(true);
  });
});
