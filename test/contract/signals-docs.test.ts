import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateFiles, loadSources, type Sources } from '@evenkeel/provisioning';
import { findPart } from '@evenkeel/runtime';
import { stringify } from 'yaml';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const DOCS = join(CHECKOUT, 'docs');
const SIGNAL = 'open_orders_ratio';
const WATCHER = 'BackupOld';

/** The first YAML block of a page after a heading. */
function example(page: string, heading: string): string {
  const text = readFileSync(join(DOCS, page), 'utf8');
  const block = /```yaml\n([^`]+)```/.exec(text.slice(text.indexOf(heading)));
  return block![1]!;
}

describe('the examples of the docs', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-docs-'));
  let promtool: string;
  let sources: Sources;

  beforeAll(async () => {
    promtool = await findPart('promtool');
    for (const name of ['signals.yml', 'watchers.yml']) {
      cpSync(join(CHECKOUT, 'provisioning', name), join(directory, name));
    }
    const indented = (text: string) => `\n${text.replaceAll(/^(?=.)/gm, '  ')}`;
    appendFileSync(
      join(directory, 'signals.yml'),
      indented(example('signals.md', '## Add one in five minutes')),
    );
    appendFileSync(
      join(directory, 'watchers.yml'),
      indented(example('alerts.md', '## A watcher of your own')),
    );
    const loaded = loadSources(directory);
    if (!loaded.ok) throw new Error(loaded.text);
    sources = loaded.sources;
  });

  const run = (args: string[]) => {
    const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
    return { status, said: status === 0 ? '' : stdout + stderr };
  };

  it('are a signal and a watcher that generate rules, and unit tests that hold', () => {
    const own = {
      signals: { ...sources.signals, signals: sources.signals.signals.filter(({ name }) => name === SIGNAL) },
      watchers: sources.watchers.filter(({ name }) => name === WATCHER),
    };
    const files = generateFiles(own).filter(({ path }) => path.startsWith('prometheus/'));
    for (const { path, text } of files) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const rules = files.find(({ path }) => path === 'prometheus/rules/production.yml')!.text;
    expect(rules).toContain('alert: EvenkeelOpenOrdersRatioHigh');
    expect(rules).toContain('alert: EvenkeelBackupOld');
    const tests = globSync(join(directory, 'prometheus', 'tests', '*.yml'));
    expect(tests).toHaveLength(2);
    expect(run(['test', 'rules', ...tests])).toEqual({ status: 0, said: '' });
  });

  it('fit beside what ships', () => {
    for (const { path, text } of generateFiles(sources)) {
      if (path === 'prometheus/rules/production.yml') writeFileSync(join(directory, 'all.yml'), text);
    }
    expect(run(['check', 'rules', join(directory, 'all.yml')])).toEqual({ status: 0, said: '' });
  });

  it('of every alert page are PromQL, a query a line', () => {
    const queries = globSync(join(DOCS, 'alerts', 'Evenkeel*.md')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/```promql\n([^`]+)```/g)].flatMap(([, block]) =>
        block!.trim().split('\n'),
      ),
    );
    expect(queries.length).toBeGreaterThan(60);
    const rules = queries.map((expr, index) => ({ record: `page:query:${index}`, expr }));
    writeFileSync(
      join(directory, 'pages.yml'),
      stringify({ groups: [{ name: 'pages', rules }] }, { lineWidth: 0 }),
    );
    expect(run(['check', 'rules', join(directory, 'pages.yml')])).toEqual({ status: 0, said: '' });
  });
});
