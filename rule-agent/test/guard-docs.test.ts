import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { GUARDS } from '../src/decisions/guards/index.ts';
import { runTestFile } from '../src/rule-tests/index.ts';

const PAGES = join(import.meta.dirname, '../../docs/agent/guards');
const directory = mkdtempSync(join(tmpdir(), 'guard-docs-'));

afterAll(() => rmSync(directory, { recursive: true }));

/** Writes the files that a page shows; each says its name in its first line. Gives back their names. */
function writeFilesOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```yaml\n# (\S+)\n(.*?)^```/gms)];
  return blocks.map(([, name, text]) => {
    writeFileSync(join(directory, name!), text!);
    return name!;
  });
}

describe('docs/agent/guards', () => {
  const pageOf = (guard: string) => `${guard.replace('_', '-')}.md`;

  it('has a page for each guard, in the order in which they are asked', () => {
    const index = readFileSync(join(PAGES, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/^\d+\. \[(\w+)\]\(([\w-]+\.md)\)/gm)].map(([, name]) => name);
    expect(listed).toEqual(GUARDS.map(({ name }) => name));
    expect(readdirSync(PAGES).sort()).toEqual(
      ['README.md', ...GUARDS.map(({ name }) => pageOf(name))].sort(),
    );
  });

  it('has them in the same order in the overview', () => {
    const overview = readFileSync(join(PAGES, '../../rule-agent.md'), 'utf8');
    const [, table] = overview.split('| guard ');
    const listed = [...table!.split('\n\n')[0]!.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed).toEqual(GUARDS.map(({ name }) => name));
  });

  it.each(GUARDS.map(({ name }) => name))(
    '%s: its example holds the action back, and shows the guard',
    async (guard) => {
      const page = readFileSync(join(PAGES, pageOf(guard)), 'utf8');
      expect(writeFilesOf(page)).toEqual(['rules.yml', `${guard}_test.yml`]);
      expect(page).toContain(`guard: ${guard} }`);
      expect((await runTestFile(join(directory, `${guard}_test.yml`))).text).toMatch(/^ok/);
    },
  );
});
