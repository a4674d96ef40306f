import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openSqliteJournal } from '../src/journal/index.ts';
import { loadRules } from '../src/rules/index.ts';
import { newTexts } from '../src/rules/rule-texts.ts';
import { AgentHome, RULE } from './agent-home.ts';
import { buildDecided, T0 } from './build.ts';

/** A rule that takes its mode, its limit and a text from variables. */
const WITH_VARIABLES = RULE.replace('priority: 1', 'priority: 1\n    mode: ${MODE:-shadow} # by hand')
  .replace(
    'when: { fact: latency, operator: greaterThan, value: 1 }',
    'when:\n      fact: latency\n      operator: greaterThan\n      value: ${LIMIT:-1}',
  )
  .replace('Requests are slow.', '"Slow, says ${WHO:-nobody}"');

let home: AgentHome;

beforeEach(() => {
  home = new AgentHome();
  home.write('rules.yml', WITH_VARIABLES);
});
afterEach(() => home.remove());

/** The journal of an agent that had loaded the rules under these variables; gives back the version of its rule. */
async function loadedUnder(env: Record<string, string>): Promise<string> {
  const systems = { warehouse: { kind: 'knob' } } as never;
  const loaded = loadRules({ globs: ['rules.yml'], directory: home.directory, systems, env });
  if (!loaded.ok) throw new Error(loaded.text);
  const [rule] = loaded.rules;
  const { name, version, mode } = rule!;
  const journal = openSqliteJournal(home.journal);
  await journal.append([
    ...newTexts(loaded.rules, new Map(), T0),
    { kind: 'rules_loaded', at: T0, rules: [{ name, version, mode }] },
    buildDecided({ ruleVersion: version, at: T0 + 1_000 }),
  ]);
  await journal.close();
  return version;
}

it('a rule is explained in the mode and with the condition of its agent, whatever this shell has', async () => {
  const version = await loadedUnder({ MODE: 'auto', LIMIT: '2', WHO: 'hunter2' });
  const { stdout } = await home.run('explain', 'slow-api');
  expect(stdout).toContain(`Rule slow-api, version ${version}, in mode auto`);
  expect(stdout).toContain('greaterThan 2');
  expect(stdout).toContain('Note: variables give this rule other values here than in the agent');
});

it('the values of variables are not in the journal, but for numbers and choices', async () => {
  await loadedUnder({ MODE: 'auto', LIMIT: '2', WHO: 'hunter2' });
  const { stdout } = await home.run('journal', 'export');
  const text = JSON.parse(stdout.split('\n')[0]!) as { rule_text: string };
  expect(text.rule_text).toContain('mode: ${MODE:-shadow} # by hand');
  expect(stdout + readFileSync(home.journal, 'latin1')).not.toContain('hunter2');
});

it('an episode is explained under the version that it was decided by, when the file says something else', async () => {
  const version = await loadedUnder({ MODE: 'auto', LIMIT: '2' });
  home.write('rules.yml', RULE.replace('value: 1', 'value: 999'));
  const { stdout } = await home.run('explain', 'slow-api-1');
  expect(stdout).toContain(`Rule slow-api, version ${version}`);
  expect(stdout).toMatch(/yes +latency \(3\) greaterThan 2/);
});

it('a text that needs a variable which is not set here is no reason for a guess', async () => {
  home.write('rules.yml', WITH_VARIABLES.replace('${WHO:-nobody}', '${WHO}'));
  await loadedUnder({ WHO: 'anna' });
  expect(await home.run('explain', 'slow-api')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('set the variables that the agent has, or ask the agent itself'),
  });
});
