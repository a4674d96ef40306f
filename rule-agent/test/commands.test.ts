import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteJournal, readSqliteJournal } from '../src/journal/index.ts';
import { AgentHome, CONFIG, RULE } from './agent-home.ts';
import { buildDecided, buildFinished, buildStarted, T0 } from './build.ts';
import { FakePrometheus } from './fake-prometheus.ts';

const SHIPPED_RULES = join(import.meta.dirname, '../../provisioning/agent/rules/default.yml');

const prometheus = new FakePrometheus(Date.now);
let home: AgentHome;

beforeAll(() => prometheus.start());

afterAll(() => prometheus.stop());

beforeEach(async () => {
  home = new AgentHome();
  const journal = openSqliteJournal(home.journal);
  await journal.append([buildDecided(), buildStarted(), buildFinished({ at: T0 + 3_600_000 })]);
  await journal.close();
});

afterEach(() => home.remove());

describe('journal', () => {
  it('verify says how many rows hold, and where a broken one is', async () => {
    expect(await home.run('journal', 'verify')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^intact\nrows: {3}3\nhead: {3}[0-9a-f]{64}\nsnapshot: none\n$/),
    });
    const database = new DatabaseSync(home.journal);
    database.exec(`UPDATE events SET body = replace(body, '120', '90') WHERE seq = 2`);
    database.close();
    expect(await home.run('journal', 'verify')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('BROKEN at row 2'),
    });
  });

  it('verify says that rows are missing at the end, and a start is refused until they are given up', async () => {
    await home.run('journal', 'backup', 'backup.db');
    const journal = openSqliteJournal(home.journal);
    await journal.append([{ kind: 'agent_stopped', at: T0 }]);
    await journal.close();
    copyFileSync(join(home.directory, 'backup.db'), home.journal);
    expect(await home.run('journal', 'verify')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('BROKEN at row 4: row 4, which was written to it, is missing'),
    });
    expect(await home.run('token', 'create', 'anna', '--role=viewer')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/JOURNAL_ROWS_MISSING[^]*journal accept/),
    });
    rmSync(home.journal);
    expect(await home.run('journal', 'verify')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('JOURNAL_ROWS_MISSING'),
    });
    copyFileSync(join(home.directory, 'backup.db'), home.journal);
    expect(await home.run('journal', 'accept')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/accepted as it is\nlast row: 3\nhead: {5}[0-9a-f]{64}\n$/),
    });
    expect(await home.run('journal', 'verify')).toMatchObject({ status: 0 });
    expect(await home.run('token', 'create', 'anna', '--role=viewer')).toMatchObject({ status: 0 });
  });

  it('export writes the rows of a span as lines of JSON', async () => {
    const span = ['--from=2026-11-23T12:00:00Z', '--to=2026-11-23T13:00:00Z'];
    const { stdout } = await home.run('journal', 'export', ...span);
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['decided', 'started']);
    expect(await home.run('journal', 'export', '--from=soon')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('expected a time such as'),
    });
  });

  it('backup makes a copy that is whole while the agent writes, and never writes over one', async () => {
    const journal = openSqliteJournal(home.journal);
    try {
      expect(await home.run('journal', 'backup', 'copy.db')).toMatchObject({
        status: 0,
        stdout: 'copy.db: 3 rows\n',
      });
      await journal.append([buildFinished()]);
    } finally {
      await journal.close();
    }
    const copy = readSqliteJournal(`${home.directory}/copy.db`);
    expect(await copy.verifyChain()).toMatchObject({ intact: true, rows: 3 });
    await copy.close();
    const before = readFileSync(home.journal);
    expect(await home.run('journal', 'backup', 'journal.db')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is there already'),
    });
    expect(readFileSync(home.journal).equals(before)).toBe(true);
    expect((await home.run('journal', 'backup')).status).toBe(2);
  });

  it('says that there is none', async () => {
    rmSync(home.journal);
    rmSync(`${home.journal}.anchor`);
    expect((await home.run('journal', 'verify')).stderr).toContain('there is no journal');
  });
});

describe('check', () => {
  const misspelt = RULE.replace('{ signal: api_latency_p95_seconds }', '{ signal: api_latency_p95_second }');
  const own = RULE.replaceAll('api_latency_p95_seconds', 'picking_rate');

  beforeEach(() => {
    prometheus.signals = [{ signal: 'picking_rate', labels: { job: 'warehouse' }, value: '3' }];
    home.write('agent.yml', CONFIG.replace('http://127.0.0.1:1"', `${prometheus.url}"`));
  });

  it('warns of a signal that is not shipped, at its place, and is content with the others', async () => {
    home.write('rules.yml', misspelt);
    const { status, stdout } = await home.run('check');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /rules\.yml:6:33: warning: rule slow-api names the signal api_latency_p95_second, /,
    );
    expect(stdout).toContain('    6 |     facts: { latency: { signal: api_latency_p95_second } }');
    expect(stdout).toContain(`      | ${' '.repeat(32)}${'^'.repeat('api_latency_p95_second'.length)}\n`);
    expect(stdout).toContain('= hint: did you mean api_latency_p95_seconds?');
    expect(stdout).toContain('1 warning\nrule slow-api: priority 1');
    home.write('rules.yml', RULE);
    expect((await home.run('check')).stdout).not.toContain('warning');
  });

  it('warns of nothing in the shipped rules', async () => {
    copyFileSync(SHIPPED_RULES, join(home.directory, 'rules.yml'));
    const { status, stdout } = await home.run('check');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^agent\.yml: the configuration is valid\nrule /);
    expect(stdout).not.toContain('warning');
  });

  it('asks Prometheus where that is wanted: what it does not have either is a mistake', async () => {
    home.write('rules.yml', misspelt);
    expect(await home.run('check', '--prometheus')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /rules\.yml:6:33: error: [^]*nor in Prometheus \[RULE_SIGNAL_UNKNOWN\][^]*1 error/,
      ),
    });
    home.write('rules.yml', own);
    expect((await home.run('check')).stdout).toContain('2 warnings');
    const known = await home.run('check', '--prometheus');
    expect(known).toMatchObject({ status: 0, stderr: '' });
    expect(known.stdout).not.toContain('warning');
  });

  it('says that Prometheus cannot be asked, by each endpoint', async () => {
    const endpoints = '[{ name: a, url: "http://127.0.0.1:1" }, { name: b, url: "http://127.0.0.1:2" }]';
    home.write('agent.yml', CONFIG.replace('url: "http://127.0.0.1:1"', `endpoints: ${endpoints}`));
    expect(await home.run('check')).toMatchObject({ status: 0 });
    expect(await home.run('check', '--prometheus')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /a \(http:..127.0.0.1:1\): [^]*connection refused\nb \([^]*\[PROMETHEUS_UNREADABLE\]/,
      ),
    });
  });
});

describe('explain', () => {
  it('tells an episode from its first sign to what came of it', async () => {
    const { stdout } = await home.run('explain', 'slow-api-1');
    expect(stdout).toMatch(/^Episode slow-api-1: settling\n/);
    expect(stdout).toContain('Why: slow-api acts on {job="warehouse"}: it had fired for 10 s');
    expect(stdout).toContain('  latency = 3\n');
    expect(stdout).toContain('sending warehouse/cache_ttl: 2 -> 120');
    expect(stdout).toContain(
      'Result: api_latency_p95_seconds was to go lower; it was 3 before, and there is no',
    );
  });

  it('says why a rule does not act now: what Prometheus says, the condition part by part, every guard', async () => {
    prometheus.signals = [
      { signal: 'api_latency_p95_seconds', labels: { job: 'warehouse' }, value: '0.5' },
      { signal: 'api_latency_p95_seconds', labels: { job: 'other' }, value: '9' },
    ];
    home.write('agent.yml', CONFIG.replace('http://127.0.0.1:1"', `${prometheus.url}"`));
    const { stdout } = await home.run('explain', 'slow-api', 'job=warehouse');
    expect(stdout).toContain('On {job="warehouse"} it does not act now: its own episode slow-api-1');
    expect(stdout).toContain('  latency = 0.5\n');
    expect(stdout).toMatch(/ {2}no {2}all of\n {2}no {4}latency \(0\.5\) greaterThan 1\n/);
    expect(stdout).toMatch(/pause +no objection\n[^]*cooldown +/);
    expect(stdout).toContain('No agent has been at work on this journal: nothing acts.');
    expect(stdout).not.toContain('other');
    const none = await home.run('explain', 'slow-api', 'job=elsewhere');
    expect(none.stdout).toContain('Note: none of its targets has these labels; it has {job="warehouse"}');
  });

  it('works beside the agent that writes the journal, and says what that one says', async () => {
    prometheus.signals = [{ signal: 'api_latency_p95_seconds', labels: { job: 'warehouse' }, value: '0.5' }];
    home.write('agent.yml', CONFIG.replace('http://127.0.0.1:1"', `${prometheus.url}"`));
    rmSync(home.journal);
    rmSync(`${home.journal}.anchor`);
    const agent = await home.start();
    await agent.logs('cycles succeed');
    const question = ['explain', 'slow-api', 'job=warehouse'];
    const [beside, asked] = await Promise.all([
      home.run(...question),
      home.run(...question, `--api.url=${agent.url}`),
    ]);
    const timeless = (text: string) => text.replaceAll(/20\d\d-\S+Z/g, 'T');
    expect(asked.stdout).toContain('On {job="warehouse"} it does not act now: its condition does not hold.');
    expect(timeless(beside.stdout)).toBe(timeless(asked.stdout));
  });

  it('says that a rule is off, and that Prometheus cannot be read', async () => {
    const { stdout } = await home.run('explain', 'slow-api');
    expect(stdout).toContain('latency is error: Prometheus cannot be read: connection refused');
    home.write(
      'rules.yml',
      readFileSync(`${home.directory}/rules.yml`, 'utf8').replace(
        'priority: 1',
        'priority: 1\n    mode: off',
      ),
    );
    expect((await home.run('explain', 'slow-api')).stdout).toContain('Note: the rule is off');
  });

  it('says what it cannot find, and whom it cannot reach', async () => {
    expect(await home.run('explain', 'nothing')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no episode and no rule nothing'),
    });
    expect(await home.run('explain', 'slow-api', '--api.url=http://127.0.0.1:1')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('AGENT_UNREACHABLE'),
    });
  });
});
