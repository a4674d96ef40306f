import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentRequest, createTransport } from '@evenkeel/agent-api';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { FakePrometheus } from '../../rule-agent/test/fake-prometheus.ts';
import { AgentProcess } from './agent-process.ts';
import { RecordingTarget } from './recording-target.ts';
import { ruleWithAReason } from './rule-with-a-reason.ts';

const TEST_TIMEOUT_MS = 180_000;
const MAIN = join(import.meta.dirname, '../../rule-agent/src/main.ts');
const ADVERTISED = 'http://first.example:9851';
const TOKEN = { authorization: 'Bearer operator-secret', 'content-type': 'application/json' };

const directory = mkdtempSync(join(tmpdir(), 'shared-journal-'));
const prometheus = new FakePrometheus(Date.now);
const target = new RecordingTarget(() => 0);
const first = new AgentProcess(join(directory, 'first'));
const second = new AgentProcess(join(directory, 'second'));
/** Started while PostgreSQL is away. */
const late = new AgentProcess(join(directory, 'late'));
let port: number;
let postgres: EmbeddedPostgres;

/** Keeps its data, so that it can go and come back. */
async function startPostgres(): Promise<void> {
  const options = { port, durability: 'relaxed', logger: silentLogger() } as const;
  postgres = await startEmbeddedPostgres({ ...options, directory: join(directory, 'postgres') });
}

beforeAll(async () => {
  // The account that PostgreSQL runs as has to reach its data.
  chmodSync(directory, 0o755);
  port = await freePort();
  await Promise.all([startPostgres(), prometheus.start(), target.start()]);
  prometheus.signals = [{ signal: 'latency', labels: { job: 'warehouse' }, value: '3' }];
  for (const name of ['first', 'second']) writeHome(name);
  first.start();
  await first.logs('event=decided');
  second.start();
  await second.logs('standing by');
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([first, second, late].map((agent) => agent.kill()));
  await Promise.all([prometheus.stop(), target.stop(), postgres.stop()]);
  rmSync(directory, { recursive: true, force: true });
});

function writeHome(name: string): void {
  const home = join(directory, name);
  mkdirSync(home);
  const rule = { name: 'slow-api', signal: 'latency', knob: 'knob', limits: 'cooldown: 200ms' };
  writeFileSync(join(home, 'rules.yml'), `rules:${ruleWithAReason(rule)}`);
  writeFileSync(
    join(home, 'agent.yml'),
    `prometheus: { url: ${prometheus.url} }
interval: 100ms
rules: [rules.yml]
journal:
  postgres:
    { url: "${postgres.url}", schema: shared, lease: 2s, timeout: 1500ms${name === 'first' ? `, advertise: "${ADVERTISED}"` : ''} }
budget: { actions: 100000, per: 1h }
systems: { target: { knobs: "${target.knobsUrl}", token: ${name} } }
api: { tokens: [{ name: operations, role: operator, token: operator-secret }] }
`,
  );
}

interface Loose {
  items: Record<string, unknown>[];
  leads: boolean;
  text: string;
}

async function ask(
  agent: AgentProcess,
  path: string,
  request: Partial<AgentRequest> = {},
): Promise<{ status: number; body: Loose }> {
  const send = createTransport({ url: await agent.url() });
  const answer = await Promise.race([send({ method: 'GET', path, ...request }), agent.fault]);
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, body: (isJson ? JSON.parse(answer.text) : { text: answer.text }) as Loose };
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

function actsAgain(): Promise<void> {
  const before = target.applied.length;
  return Promise.race([target.until(() => target.applied.length > before + 1), first.fault, second.fault]);
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: join(directory, 'first'),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('an agent that stands by', () => {
  it('answers reads from the journal that the leader writes', async () => {
    const rules = await ask(second, '/api/v1/rules');
    expect(rules.body.items).toMatchObject([{ name: 'slow-api', mode: 'auto' }]);
    const { body } = await ask(first, '/api/v1/episodes?limit=1');
    const { id } = body.items[0] as { id: string };
    await eventually(async () => (await ask(second, `/api/v1/episodes/${id}`)).status === 200);
    expect((await ask(second, `/api/v1/episodes/${id}`)).body).toMatchObject({ id, rule: 'slow-api' });
    expect((await ask(second, `/api/v1/episodes/${id}/explain`)).status).toBe(200);
    expect((await ask(second, '/api/v1/decisions?limit=3')).body.items).toHaveLength(3);
    expect((await ask(second, '/api/v1/rules/slow-api/explain')).status).toBe(200);
    expect((await ask(second, '/api/v1/leader')).body).toMatchObject({ leads: false, url: ADVERTISED });
    expect((await ask(second, '/-/ready')).status).toBe(200);
  });

  it('streams what the leader writes', async () => {
    const listening = new AbortController();
    const answer = await fetch(`${await second.url()}/api/v1/events`, { signal: listening.signal });
    let received = '';
    for await (const chunk of answer.body!) {
      received += Buffer.from(chunk as Uint8Array).toString();
      if (received.includes('event: started')) break;
    }
    listening.abort();
    expect(received).toMatch(/id: \d+\nevent: started\ndata: .*"text":"sending target\/knob/);
  });

  it.each([
    ['/api/v1/pauses', { reason: 'stocktaking' }],
    ['/api/v1/rules/slow-api/reset', { reason: 'mended', target: { job: 'warehouse' } }],
  ])('refuses to write, and names the leader: %s', async (path, body) => {
    const request = { method: 'POST', headers: TOKEN, body: JSON.stringify(body) };
    expect(await ask(second, path, request)).toMatchObject({
      status: 503,
      body: {
        code: 'JOURNAL_STANDBY',
        leader: { url: ADVERTISED },
        detail: expect.stringContaining(ADVERTISED),
      },
    });
  });
});

describe('the commands on a journal in PostgreSQL', () => {
  it('verify and export it while agents write', () => {
    const verified = run('journal', 'verify');
    expect(verified).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^intact\nrows: +\d+\nhead: +[0-9a-f]{64}/),
    });
    const { status, stdout } = run('journal', 'export');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; kind: string });
    expect(status).toBe(0);
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_row, index) => index + 1));
    const kinds = [
      'agent_started',
      'rules_loaded',
      'firing_started',
      'decided',
      'started',
      'finished',
      'verified',
    ];
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  });

  it('say where one is broken, and make none where there is none', async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      await client.query(
        `CREATE SCHEMA tampered; CREATE TABLE tampered.events (LIKE shared.events INCLUDING ALL);
         CREATE TABLE tampered.anchor (LIKE shared.anchor); CREATE TABLE tampered.version AS TABLE shared.version;
         INSERT INTO tampered.events (seq, once, body, previous_hash, hash)
           SELECT seq, once, replace(body, 'warehouse', 'elsewhere'), previous_hash, hash FROM shared.events`,
      );
      const broken = run('journal', 'verify', configWith('tampered'));
      expect(broken).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(/^BROKEN at row \d+: its content/),
      });
      const absent = run('journal', 'verify', configWith('absent'));
      expect(absent).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('there is no journal in schema absent'),
      });
      const { rows } = await client.query(`SELECT to_regnamespace('absent') AS is`);
      expect(rows).toEqual([{ is: null }]);
    } finally {
      await client.end();
    }
  });
});

/** The flag for a configuration that differs by its schema. */
function configWith(schema: string): string {
  writeFileSync(
    join(directory, `first/${schema}.yml`),
    `prometheus: { url: ${prometheus.url} }
rules: [rules.yml]
systems: { target: { knobs: "${target.knobsUrl}" } }
journal: { postgres: { url: "${postgres.url}", schema: ${schema} } }
`,
  );
  return `--config.file=${schema}.yml`;
}

describe('a PostgreSQL that is lost', () => {
  it(
    'means no action, agents that say so, and one leader again when it is back, without a restart',
    async () => {
      await actsAgain();
      await postgres.stop();
      for (const agent of [first, second]) {
        await eventually(async () => (await ask(agent, '/-/ready')).status === 503);
        const metrics = (await ask(agent, '/metrics')).body.text;
        expect(metrics).toMatch(/evenkeel_agent_cycles_total\{outcome="journal_failed"\} [1-9]/);
        expect(metrics).toMatch(/evenkeel_agent_cycles_total\{outcome="failed"\} 0/);
        expect((await ask(agent, '/-/healthy')).status).toBe(200);
        expect(await ask(agent, '/api/v1/episodes')).toMatchObject({
          status: 503,
          body: { code: 'JOURNAL_READ_FAILED' },
        });
        expect((await ask(agent, '/api/v1/rules')).status).toBe(200);
      }
      writeHome('late');
      late.start();
      await late.logs('waiting for the journal');
      expect(await ask(late, '/-/ready')).toMatchObject({
        status: 503,
        body: { text: expect.stringContaining('waiting for the journal') },
      });
      for (const agent of [first, second, late]) {
        expect((await ask(agent, '/metrics')).body.text).toMatch(/^evenkeel_agent_journal_up 0$/m);
      }
      const applied = target.applied.length;
      await eventually(async () => !(await ask(first, '/api/v1/leader')).body.leads);
      expect(target.applied).toHaveLength(applied);
      await startPostgres();
      await actsAgain();
      await late.logs('standing by');
      for (const agent of [first, second]) {
        await eventually(async () => (await ask(agent, '/-/ready')).status === 200);
      }
      const leads = await Promise.all([first, second].map((agent) => ask(agent, '/api/v1/leader')));
      expect(leads.filter(({ body }) => body.leads)).toHaveLength(1);
      expect(run('journal', 'verify')).toMatchObject({ status: 0 });
      const keys = target.applied.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    },
    TEST_TIMEOUT_MS,
  );
});
