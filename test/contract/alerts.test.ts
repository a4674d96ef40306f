import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findPart } from '@evenkeel/runtime';
import { parse } from 'yaml';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const PROMETHEUS = join(CHECKOUT, 'provisioning', 'prometheus');
const PAGES = join(CHECKOUT, 'docs', 'alerts');

interface Rule {
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface TestFile {
  tests: { promql_expr_test: { exp_samples: { labels: string }[] }[] }[];
}

function readYaml(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

function alertingRules(timing: string): (Rule & { alert: string })[] {
  const { groups } = readYaml(join(PROMETHEUS, 'rules', `${timing}.yml`)) as {
    groups: { rules: Rule[] }[];
  };
  return groups
    .flatMap(({ rules }) => rules)
    .filter((rule): rule is Rule & { alert: string } => 'alert' in rule);
}

const rules = alertingRules('production');
const names = [...new Set(rules.map(({ alert }) => alert))].sort();

describe('the alerts', () => {
  const testFiles = globSync('*.yml', { cwd: join(PROMETHEUS, 'tests') }).map((name) =>
    join(PROMETHEUS, 'tests', name),
  );
  let promtool: string;
  beforeAll(async () => {
    promtool = await findPart('promtool');
  });

  it.each(testFiles.map((file) => [basename(file), file]))(
    'fire and do not fire as %s says, by promtool',
    (_name, file) => {
      const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], { encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    },
    180_000,
  );

  it('each have a unit test that expects them, in every severity', () => {
    const expected = testFiles
      .flatMap((file) => (readYaml(file) as TestFile).tests)
      .flatMap((test) => test.promql_expr_test)
      .flatMap(({ exp_samples }) => exp_samples.map(({ labels }) => labels));
    const missing = rules.filter(
      ({ alert, labels }) =>
        !expected.some(
          (text) =>
            text.includes(`alertname="${alert}"`) && text.includes(`severity="${labels?.severity ?? ''}"`),
        ),
    );
    expect(missing.map(({ alert, labels }) => `${alert} ${labels?.severity ?? ''}`)).toEqual([]);
  });

  it('are the same in both timings', () => {
    expect([...new Set(alertingRules('demo').map(({ alert }) => alert))].sort()).toEqual(names);
  });

  it('say what, how bad, where to read and where to look', () => {
    for (const { alert, labels, annotations } of rules) {
      expect([alert, labels]).toEqual([
        alert,
        expect.objectContaining({ severity: expect.stringMatching(/^(info|warning|critical)$/) }),
      ]);
      expect(annotations).toEqual({
        summary: expect.stringMatching(/\S/),
        description: expect.stringMatching(/\.$/),
        runbook_url: `docs/alerts/${alert}.md`,
        dashboard_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/d\/evenkeel-[a-z]+$/),
      });
    }
  });

  it('each have a page, and each page an alert', () => {
    expect(
      globSync('Evenkeel*.md', { cwd: PAGES })
        .map((file) => basename(file, '.md'))
        .sort(),
    ).toEqual(names);
  });

  it.each(names)(
    '%s has a page that says what it means, how to look, what the agent does and what to do',
    (name) => {
      const page = readFileSync(join(PAGES, `${name}.md`), 'utf8');
      expect(page.split('\n')[0]).toBe(`# ${name}`);
      expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
        'What it means',
        'How to look',
        'What the agent does',
        'What you do',
      ]);
      expect(page).toMatch(/```promql\n[^`]+\n```/);
    },
  );
});
