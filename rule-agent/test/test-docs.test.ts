import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PHASES } from '../src/model/phase.ts';
import { DECISION_OUTCOMES } from '../src/views/decisions.ts';
import { runTestFile } from '../src/rule-tests/index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/agent/tests.md'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'test-docs-'));
const file = join(directory, 'slow-api_test.yml');

afterAll(() => rmSync(directory, { recursive: true }));

describe('docs/agent/tests.md', () => {
  const [, rules, test] = /```yaml\n(# rules\.yml\n.*?)```.*?```yaml\n(# slow-api_test\.yml\n.*?)```/s.exec(
    PAGE,
  )!;
  writeFileSync(join(directory, 'rules.yml'), rules!);

  it('shows a test that holds', async () => {
    writeFileSync(file, test!);
    expect((await runTestFile(file)).text).toMatch(/^ok/);
  });

  it('shows what a failure looks like, word by word', async () => {
    writeFileSync(file, test!.replace('state: pending', 'decision: act'));
    const [, shown] = /```text\n(.*?)```/s.exec(PAGE)!;
    expect((await runTestFile(file)).text.replaceAll(`${directory}/`, '').trim()).toBe(shown!.trim());
  });

  it('names every state and every decision', () => {
    for (const word of [...PHASES, ...DECISION_OUTCOMES]) expect(PAGE).toContain(`\`${word}\``);
  });
});
