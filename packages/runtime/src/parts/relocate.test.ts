import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { relocate } from './relocate.ts';

describe('relocate', () => {
  it('changes the directory everywhere and nothing else, not even the length', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'evenkeel-relocate-')), 'program');
    const before = Buffer.from([0, 255, 128, ...Buffer.from('/usr/share/x/data/ui/|/usr/share/x/data'), 200]);
    writeFileSync(file, before);
    await relocate(file, '/usr/share/x/data');
    const after = readFileSync(file);
    expect(after).toHaveLength(before.length);
    expect(after.toString('latin1')).toBe(
      before.toString('latin1').replaceAll('/usr/share/x/data', '/proc/self/cwd///'),
    );
  });
});
