import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type ConfigDocument,
  EvenkeelError,
  parseConfig,
  renderDiagnostics,
  suggest,
} from '@evenkeel/toolkit';
import { defaultAgentConfig } from '../config/index.ts';
import type { Rule } from '../model/rule.ts';
import { policyOf } from '../decisions/index.ts';
import { loadRules } from '../rules/index.ts';
import { ASPECTS, differs, renderFailure } from './failure.ts';
import { play, type Stage } from './play.ts';
import { type TestFile, testFileSchema } from './schema.ts';

export interface TestReport {
  /** For a terminal. */
  text: string;
  failed: boolean;
}

/**
 * Runs all tests of a file.
 *
 * @throws EvenkeelError CONFIG_UNREADABLE, CONFIG_INVALID or RULES_INVALID, with every mistake
 */
export async function runTestFile(file: string): Promise<TestReport> {
  const { config, document } = readTestFile(file);
  const stage = stageOf(config, file);
  requireKnownRules(config, document, stage.rules);
  const failures: string[] = [];
  for (const [index, test] of config.tests.entries()) {
    const found = await play(test, stage);
    test.expect.forEach((expected, at) => {
      const path = ['tests', index, 'expect', at];
      const differing = ASPECTS.filter((aspect) => differs(aspect, expected, found[at]!));
      if (differing.length === 0) return;
      failures.push(
        renderFailure({
          ...{ test: test.name, expected, found: found[at]!, differing },
          place: document.atValue([...path, differing[0]!], { code: '', message: '' }),
        }),
      );
    });
  }
  if (failures.length > 0) return { text: `FAILED  ${file}\n\n${failures.join('\n')}\n`, failed: true };
  return { text: `ok      ${file}: ${countOf(config)}\n`, failed: false };
}

function countOf({ tests }: TestFile): string {
  const expectations = tests.reduce((sum, { expect }) => sum + expect.length, 0);
  return `${counted(tests.length, 'test')}, ${counted(expectations, 'expectation')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function readTestFile(file: string): { config: TestFile; document: ConfigDocument } {
  const loaded = parseConfig({ file, schema: testFileSchema, env: {} }, readText(file));
  if (loaded.ok) return loaded;
  throw new EvenkeelError('CONFIG_INVALID', `${file} has mistakes\n${loaded.text}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new EvenkeelError('CONFIG_UNREADABLE', `cannot read ${file}`, { cause: error });
  }
}

function stageOf(config: TestFile, file: string): Stage {
  const { rules: globs, env, systems } = config;
  const loaded = loadRules({ globs, directory: dirname(file), systems, env });
  if (!loaded.ok) throw new EvenkeelError('RULES_INVALID', `the rules have mistakes\n${loaded.text}`);
  const [unmatched] = loaded.unmatched;
  if (unmatched !== undefined) throw new EvenkeelError('RULES_INVALID', `no rule file matches ${unmatched}`);
  const agent = { ...defaultAgentConfig(), ...config.limits, interval: config.interval };
  agent.prometheus.max_age = config.max_age;
  return {
    rules: loaded.rules,
    policy: policyOf(agent),
    startMs: Date.parse(config.start),
    intervalMs: config.interval,
  };
}

/** A misspelt rule would stand nowhere, and a test of that would hold. */
function requireKnownRules({ tests }: TestFile, document: ConfigDocument, rules: readonly Rule[]): void {
  const names = rules.map(({ name }) => name);
  const unknown = tests.flatMap((test, index) =>
    (['expect', 'approvals', 'pauses'] as const).flatMap((part) =>
      test[part].flatMap(({ rule }, at) => {
        if (rule === undefined || names.includes(rule)) return [];
        const near = suggest(rule, names);
        return [
          document.atValue(['tests', index, part, at, 'rule'], {
            code: 'RULE_UNKNOWN',
            message: `there is no rule ${rule}`,
            ...(near !== undefined && { hint: `did you mean ${near}?` }),
          }),
        ];
      }),
    ),
  );
  if (unknown.length === 0) return;
  const text = renderDiagnostics(unknown, new Map([[document.file, document.text]]));
  throw new EvenkeelError('CONFIG_INVALID', `${document.file} has mistakes\n${text}`);
}
