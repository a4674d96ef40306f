import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CLIENT_ERROR_CODES } from '@evenkeel/agent-api';
import { ERROR_CODES } from '@evenkeel/toolkit';

describe('docs/errors.md', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8');
  const sections = [...text.matchAll(/^## (\w+)\n\n(.+)/gm)];

  it('explains every code, and none that does not exist, in the order of the code', () => {
    const codes = [...new Set([...Object.keys(ERROR_CODES), ...Object.keys(CLIENT_ERROR_CODES)])].sort();
    expect(Object.keys(ERROR_CODES)).toEqual(Object.keys(ERROR_CODES).sort());
    expect(sections.map(([, code]) => code)).toEqual(codes);
  });
});
