import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Procfs } from './procfs.ts';

describe('Procfs', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'evenkeel-proc-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('reads files of any length whole, also after a shorter one', () => {
    const long = 'a line of the kernel\n'.repeat(20_000);
    writeFileSync(join(root, 'long'), long);
    writeFileSync(join(root, 'short'), 'é\n');
    const procfs = new Procfs(root);
    expect(procfs.read('long')).toBe(long);
    expect(procfs.read('short')).toBe('é\n');
    expect(procfs.read('long')).toBe(long);
  });

  it('fails with the code of the system when there is no such file', () => {
    expect(() => new Procfs(root).read('none')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
