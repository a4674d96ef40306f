import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

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

const CONFIG = `prometheus: { url: "http://127.0.0.1:1" }
rules: [rules/*.yml]
journal: { path: data/journal.db }
systems: { warehouse: { knobs: "http://127.0.0.1:1/knobs" } }
`;

let directory: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agent-process-'));
  mkdirSync(join(directory, 'rules'));
  writeFileSync(join(directory, 'agent.yml'), CONFIG);
  writeFileSync(join(directory, 'rules/a.yml'), RULE);
});

afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(directory, { recursive: true });
});

function runToEnd(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Starts the agent on a free port; resolves with its address once it listens. */
async function startAgent(
  ...flags: string[]
): Promise<{ url: string; log: () => string; ended: Promise<number | null> }> {
  const started = spawn(process.execPath, [MAIN, '--web.listen-address=127.0.0.1:0', ...flags], {
    cwd: directory,
  });
  child = started;
  let log = '';
  started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => started.on('exit', resolve));
  const address = await until(() => /msg=listening address=(\S+)/.exec(log)?.[1]);
  return { url: `http://${address}`, log: () => log, ended };
}

async function until<Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the command line', () => {
  it('takes a web config: passwords for all it serves, and a check of the file', async () => {
    const hash = '$2b$04$3bnSmLNIXFkzmhWZ5ggl..xvJH8LspcLr1Mzy2ZaB2Sjj.y4CbQbq';
    writeFileSync(join(directory, 'web.yml'), `basic_auth_users: { prometheus: '${hash}' }\n`);
    writeFileSync(join(directory, 'wrong.yml'), 'basic_auth_user: {}\n');
    const { url } = await startAgent('--web.config.file=web.yml');
    for (const path of ['/metrics', '/api/v1/rules']) expect((await fetch(`${url}${path}`)).status).toBe(401);
    const refused = runToEnd('check', '--web.config.file=wrong.yml');
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean basic_auth_users?'),
    ]);
  });

  it('explains itself, and knows its version', () => {
    expect(runToEnd('--help').stdout).toContain('EVENKEEL_AGENT_CONFIG_FILE');
    expect(runToEnd('--version').stdout).toMatch(/^evenkeel-agent \d/);
  });

  it('checks config and rules: 0 when they are well, 2 with every mistake when not', () => {
    const well = runToEnd('check');
    expect([well.status, well.stdout]).toEqual([
      0,
      expect.stringContaining('rule slow-api: priority 1, shadow'),
    ]);
    writeFileSync(
      join(directory, 'rules/a.yml'),
      RULE.replace('priority: 1', 'priority: 4')
        .replace('by:', 'bye:')
        .replace('greaterThan', 'above')
        .replace('set: 120', 'set: lots')
        .replace('direction: lower', 'direction: down'),
    );
    const bad = runToEnd('--config.check');
    expect(bad.status).toBe(2);
    expect(bad.stderr).toMatch(/a\.yml:4:15: error: .*\n.*\n.*\^/);
    expect(bad.stderr).toContain('6 errors');
    expect(runToEnd('--config.file=none.yml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('none.yml'),
    });
    expect(runToEnd('--confg.file=x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--config.file'),
    });
  });

  it('says who has its port, and how to move', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = runToEnd(`--web.listen-address=127.0.0.1:${port}`);
    other.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`port ${port} is in use`);
  });
});

describe('the process', () => {
  it('runs without Prometheus, keeps its rules when new ones are bad, and stops cleanly', async () => {
    const agent = await startAgent();
    const outcome = await until(async () => {
      const facts = (await (await fetch(`${agent.url}/api/v1/facts`)).json()) as { signals: unknown };
      return facts.signals ?? undefined;
    });
    expect(outcome).toEqual({ status: 'error', because: 'Prometheus cannot be read: connection refused' });

    writeFileSync(join(directory, 'rules/a.yml'), RULE.replace('priority: 1', 'priority: 4'));
    child?.kill('SIGHUP');
    await until(() => (agent.log().includes('not reloaded') ? true : undefined));
    writeFileSync(join(directory, 'rules/a.yml'), RULE.replace('slow-api', 'slower-api'));
    child?.kill('SIGHUP');
    await until(() => (agent.log().includes('slower-api (shadow)') ? true : undefined));

    child?.kill('SIGTERM');
    expect(await agent.ended).toBe(0);
    expect(agent.log()).toContain('agent stopped');
  });

  it('killed hard, starts again on the same journal', async () => {
    const first = await startAgent();
    child?.kill('SIGKILL');
    await first.ended;
    const second = await startAgent();
    child?.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
