import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Command, parseCommandLine } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { readContract } from '../src/api/contract.ts';
import { agentProgram } from '../src/commands/index.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const pages = ['rule-agent.md', ...globSync('agent/**/*.md', { cwd: DOCS })].sort();

const textOf = (page: string) => readFileSync(join(DOCS, page), 'utf8');

/** The lines of a page's shell examples; a line that goes on in the next one is one. */
function linesOf(page: string): string[] {
  const blocks = [...textOf(page).matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block!);
  return blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'));
}

describe.each(pages)('docs/%s', (page) => {
  it('shows commands of the agent that there are', () => {
    const commands = linesOf(page).flatMap(
      (line) => /^(?:npx )?evenkeel-agent ([^#>|]*)/.exec(line)?.[1] ?? [],
    );
    for (const command of commands) {
      const words = command.trim().split(/\s+/);
      expect(() => parseCommandLine(agentProgram('0.0.0'), words, {})).not.toThrow();
    }
  });

  it('shows paths of the API that there are', () => {
    const { operations } = readContract();
    const known = operations.map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));
    const paths = linesOf(page).flatMap(
      (line) => /127\.0\.0\.1:9851(\/api\/v1\/[^\s'"?#]+)/.exec(line)?.[1] ?? [],
    );
    for (const path of paths)
      expect([path, known.some((pattern) => pattern.test(path))]).toEqual([path, true]);
  });

  it('links to what is there', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
    const local = links.filter((link) => !/^\w+:/.test(link));
    const missing = local.filter((link) => !existsSync(resolve(DOCS, dirname(page), link)));
    expect(missing).toEqual([]);
  });
});

describe('docs/rule-agent.md', () => {
  it('has every command with its operands', () => {
    const table = textOf('rule-agent.md').split('## Commands')[1]!.split('\n## ')[0]!;
    const named = ({ name, operands }: Command) => [name, operands].filter(Boolean).join(' ');
    const shown = agentProgram('0.0.0').commands.map(named);
    expect(shown.filter((command) => !table.includes(`\`${command}\``))).toEqual([]);
  });
});
