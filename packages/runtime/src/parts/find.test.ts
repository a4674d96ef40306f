import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findPart } from './find.ts';

function program(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const temporary = () => mkdtempSync(join(tmpdir(), 'evenkeel-parts-'));

describe('findPart', () => {
  it('takes a program from PATH under either of its names', async () => {
    const bin = temporary();
    const file = program(bin, 'prometheus-alertmanager');
    expect(await findPart('alertmanager', { path: `/nonexistent:${bin}`, cache: temporary() })).toBe(file);
  });

  it('takes one that was unpacked before, without downloading', async () => {
    const cache = temporary();
    const file = program(join(cache, 'parts', 'prometheus', 'usr', 'bin'), 'promtool');
    const onDownload = () => {
      throw new Error('downloaded');
    };
    expect(await findPart('promtool', { path: '', cache, onDownload })).toBe(file);
  });
});
