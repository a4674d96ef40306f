import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type ConfigDocument,
  type Diagnostic,
  EvenkeelError,
  formatDuration,
  parseConfig,
  renderDiagnostics,
  suggest,
} from '@evenkeel/toolkit';
import { defaultAgentConfig } from '../config/index.ts';
import type { Rule } from '../model/rule.ts';
import { targetKey } from '../model/target.ts';
import { policyOf } from '../policy.ts';
import { loadRules } from '../rules/index.ts';
import { play, type Stage, type Standing } from './play.ts';
import { type Expectation, type TestFile, testFileSchema } from './schema.ts';

export interface TestReport {
  /** For a terminal. */
  text: string;
  failed: boolean;
}

const ASPECTS = ['state', 'decision', 'guard'] as const;

/**
 * Runs all tests of a file.
 *
 * @throws EvenkeelError CONFIG_UNREADABLE, CONFIG_INVALID or RULES_INVALID, with every mistake
 */
export async function runTestFile(file: string): Promise<TestReport> {
  const { config, document } = readTestFile(file);
  const stage = stageOf(config, file);
  requireKnownRules(config, document, stage.rules);
  const diagnostics: Diagnostic[] = [];
  for (const [index, test] of config.tests.entries()) {
    const found = await play(test, stage);
    test.expect.forEach((expected, at) => {
      const path = ['tests', index, 'expect', at];
      diagnostics.push(
        ...differences(expected, found[at]!).map((finding) =>
          document.atValue([...path, finding.aspect], {
            code: 'RULE_TEST_FAILED',
            message: `${test.name}: ${finding.message}`,
          }),
        ),
      );
    });
  }
  const texts = new Map([[file, document.text]]);
  if (diagnostics.length > 0)
    return { text: `FAILED  ${file}\n\n${renderDiagnostics(diagnostics, texts)}\n`, failed: true };
  return { text: `ok      ${file}: ${countOf(config)}\n`, failed: false };
}

function differences(expected: Expectation, found: Standing) {
  const { at, rule, target } = expected;
  return ASPECTS.flatMap((aspect) => {
    const wanted = expected[aspect];
    if (wanted === undefined || wanted === found[aspect]) return [];
    const where = `at ${formatDuration(at)} ${rule} on ${targetKey(target)}`;
    return [{ aspect, message: `${where}: expected ${aspect} ${wanted}, got ${found[aspect]}` }];
  });
}

function countOf({ tests }: TestFile): string {
  const expectations = tests.reduce((sum, { expect }) => sum + expect.length, 0);
  return `${tests.length} tests, ${expectations} expectations`;
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
  const { rules: globs, env } = config;
  // A test names the systems whose knobs its rules move; other kinds would need the agent's own configuration.
  const systems = Object.fromEntries(config.systems.map((name) => [name, { kind: 'knob' } as const]));
  const loaded = loadRules({ globs, directory: dirname(file), systems, env });
  if (!loaded.ok) throw new EvenkeelError('RULES_INVALID', `the rules have mistakes\n${loaded.text}`);
  const [unmatched] = loaded.unmatched;
  if (unmatched !== undefined) throw new EvenkeelError('RULES_INVALID', `no rule file matches ${unmatched}`);
  const agent = { ...defaultAgentConfig(), interval: config.interval };
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
  const unknown = tests.flatMap(({ expect }, index) =>
    expect.flatMap(({ rule }, at) => {
      if (names.includes(rule)) return [];
      const near = suggest(rule, names);
      return [
        document.atValue(['tests', index, 'expect', at, 'rule'], {
          code: 'RULE_UNKNOWN',
          message: `there is no rule ${rule}`,
          ...(near !== undefined && { hint: `did you mean ${near}?` }),
        }),
      ];
    }),
  );
  if (unknown.length === 0) return;
  const text = renderDiagnostics(unknown, new Map([[document.file, document.text]]));
  throw new EvenkeelError('CONFIG_INVALID', `${document.file} has mistakes\n${text}`);
}
