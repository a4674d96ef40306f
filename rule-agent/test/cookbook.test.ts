import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ACTION_KINDS } from '../src/actions/kinds/index.ts';
import { runTestFile } from '../src/rule-tests/index.ts';
import { typeCommand } from './type-command.ts';

const COOKBOOK = join(import.meta.dirname, '../../docs/agent/cookbook');
const recipes = readdirSync(join(COOKBOOK, 'recipes'));
const tests = readdirSync(join(COOKBOOK, 'tests'));

interface RuleFile {
  rules: { name: string; action: Record<string, unknown> }[];
}

const rulesOf = (recipe: string) =>
  (parse(readFileSync(join(COOKBOOK, 'recipes', recipe), 'utf8')) as RuleFile).rules;

describe('the cookbook', () => {
  it('has recipes, each with a test, for most kinds of actions', () => {
    expect(recipes.length).toBeGreaterThan(11);
    expect(tests.sort()).toEqual(recipes.map((name) => name.replace('.yml', '_test.yml')).sort());
    const kinds = recipes.flatMap(rulesOf).flatMap(({ action }) => Object.keys(action));
    expect(new Set(kinds).size).toBeGreaterThan(ACTION_KINDS.length / 2);
  });

  it('is taken by the agent, with the configuration beside it', async () => {
    const { stdout: said } = await typeCommand(['check', `--config.file=${join(COOKBOOK, 'agent.yml')}`]);
    for (const { name } of recipes.flatMap(rulesOf)) expect(said).toContain(`rule ${name}: `);
    expect(said).not.toContain('warning');
  });

  it.each(tests)('%s holds, and sees its rule act', async (name) => {
    expect((await runTestFile(join(COOKBOOK, 'tests', name))).text).toMatch(/^ok/);
    expect(readFileSync(join(COOKBOOK, 'tests', name), 'utf8')).toMatch(/decision: (act|ask)/);
  });
});
