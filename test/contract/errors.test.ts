import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '@evenkeel/toolkit';

describe('docs/errors.md', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8');
  const sections = [...text.matchAll(/^## (\w+)\n\n(.+)/gm)];

  it('explains every code, and none that does not exist, in the order of the code', () => {
    const codes = Object.keys(ERROR_CODES);
    expect(codes).toEqual([...codes].sort());
    expect(sections.map(([, code]) => code)).toEqual(codes);
  });
});
