import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { nodeFlagsOf } from './node-flags.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'evenkeel-flags-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

it.each([
  [
    '#!/usr/bin/env -S node --max-semi-space-size=8 --no-warnings',
    ['--max-semi-space-size=8', '--no-warnings'],
  ],
  ['#!/usr/bin/env node', []],
  ['', []],
])('of a program that begins with "%s" the flags are %j', (firstLine, flags) => {
  const program = join(directory, 'main.ts');
  writeFileSync(program, `${firstLine}\n// #!/usr/bin/env -S node --not-this\n`);
  expect(nodeFlagsOf(program)).toEqual(flags);
});
