import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteJournal } from '../src/journal/index.ts';
import { buildDecided, buildFinished, buildStarted, T0 } from './build.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

const RULE = `rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower }
`;

let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'agent-commands-'));
  writeFileSync(
    join(directory, 'agent.yml'),
    `prometheus: { url: "http://127.0.0.1:1" }
rules: [rules.yml]
journal: { path: journal.db }
systems: { warehouse: { knobs: "http://127.0.0.1:1/knobs" } }
`,
  );
  writeFileSync(join(directory, 'rules.yml'), RULE);
  const journal = openSqliteJournal(join(directory, 'journal.db'));
  await journal.append([buildDecided(), buildStarted(), buildFinished({ at: T0 + 3_600_000 })]);
  await journal.close();
});

afterEach(() => rmSync(directory, { recursive: true }));

function agent(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('journal', () => {
  it('verify says how many rows hold, and where a broken one is', () => {
    expect(agent('journal', 'verify')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^intact\nrows: {3}3\nhead: {3}[0-9a-f]{64}\nanchor: none\n$/),
    });
    const database = new DatabaseSync(join(directory, 'journal.db'));
    database.exec(`UPDATE events SET body = replace(body, '120', '90') WHERE seq = 2`);
    database.close();
    expect(agent('journal', 'verify')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('BROKEN at row 2'),
    });
  });

  it('export writes the rows of a span as lines of JSON', () => {
    const { stdout } = agent('journal', 'export', '--from=2026-11-23T12:00:00Z', '--to=2026-11-23T13:00:00Z');
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['decided', 'started']);
    expect(agent('journal', 'export', '--from=soon')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('expected a time such as'),
    });
  });

  it('says that the agent has to be stopped, and that there is no journal', async () => {
    const journal = openSqliteJournal(join(directory, 'journal.db'));
    try {
      expect(agent('journal', 'verify')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('another process has the journal'),
      });
    } finally {
      await journal.close();
    }
    rmSync(join(directory, 'journal.db'));
    expect(agent('journal', 'verify').stderr).toContain('there is no journal');
  });
});

describe('explain', () => {
  it('tells an episode, and where a rule stands, from the journal', () => {
    const episode = agent('explain', 'slow-api-1');
    expect(episode.stdout).toContain('latency = 3');
    expect(episode.stdout).toContain('sending warehouse/cache_ttl: 2 -> 120');
    expect(agent('explain', 'slow-api', 'job=warehouse').stdout).toContain(
      'Rule slow-api on {job="warehouse"}',
    );
  });

  it('says what it cannot find, and whom it cannot reach', () => {
    expect(agent('explain', 'nothing')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no episode and no rule nothing'),
    });
    expect(agent('explain', 'slow-api', '--api.url=http://127.0.0.1:1')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('AGENT_UNREACHABLE'),
    });
  });
});
