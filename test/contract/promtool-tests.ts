import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPart } from '@evenkeel/runtime';
import { stringify } from 'yaml';

const RULES = join(import.meta.dirname, '../../provisioning/prometheus/rules/production.yml');

/** Runs one test of promtool on the production rules; what it found wrong, or an empty text. */
export async function failuresOf(test: object): Promise<string> {
  const promtool = await findPart('promtool');
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-promtool-'));
  const file = join(directory, 'test.yml');
  writeFileSync(
    file,
    stringify({ rule_files: [RULES], evaluation_interval: '15s', tests: [test] }, { lineWidth: 0 }),
  );
  const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  return status === 0 ? '' : `exit ${status}\n${stdout}${stderr}`;
}
