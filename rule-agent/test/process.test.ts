import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createAgentClient } from '@evenkeel/agent-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHome, RULE } from './agent-home.ts';

let home: AgentHome;

beforeEach(() => {
  home = new AgentHome();
});

afterEach(() => home.remove());

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(10);
  }
}

describe('the command line', () => {
  it('takes a web config: passwords for all it serves, and a check of the file', async () => {
    const hash = '$2b$04$3bnSmLNIXFkzmhWZ5ggl..xvJH8LspcLr1Mzy2ZaB2Sjj.y4CbQbq';
    home.write('web.yml', `basic_auth_users: { prometheus: '${hash}' }\n`);
    home.write('wrong.yml', 'basic_auth_user: {}\n');
    const { url } = await home.start('--web.config.file=web.yml');
    for (const path of ['/metrics', '/api/v1/rules']) expect((await fetch(`${url}${path}`)).status).toBe(401);
    const refused = await home.run('check', '--web.config.file=wrong.yml');
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean basic_auth_users?'),
    ]);
  });

  it('explains itself, and knows its version', async () => {
    expect((await home.run('--help')).stdout).toContain('EVENKEEL_AGENT_CONFIG_FILE');
    expect((await home.run('--version')).stdout).toMatch(/^evenkeel-agent \d/);
  });

  it('checks config and rules: 0 when they are well, 2 with every mistake when not', async () => {
    const well = await home.run('check');
    expect([well.status, well.stdout]).toEqual([
      0,
      expect.stringContaining('rule slow-api: priority 1, shadow'),
    ]);
    home.write(
      'rules.yml',
      RULE.replace('priority: 1', 'priority: 4')
        .replace('by:', 'bye:')
        .replace('greaterThan', 'above')
        .replace('set: 120', 'set: lots')
        .replace('direction: lower', 'direction: down'),
    );
    const bad = await home.run('--config.check');
    expect(bad.status).toBe(2);
    expect(bad.stderr).toMatch(/rules\.yml:4:15: error: .*\n.*\n.*\^/);
    expect(bad.stderr).toContain('6 errors');
    expect(await home.run('--config.file=none.yml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('none.yml'),
    });
    expect(await home.run('--confg.file=x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--config.file'),
    });
  });

  it('takes each key from the environment, beside the flags, and refuses a variable that leads nowhere', async () => {
    const flags = { EVENKEEL_AGENT_LOG_LEVEL: 'warn', EVENKEEL_AGENT_FROM: '1h' };
    const well = await home.runWith({ ...flags, EVENKEEL_AGENT_BUDGET_ACTIONS: '3' }, 'check');
    expect(well).toMatchObject({ status: 0, stderr: '' });
    const wrong = { EVENKEEL_AGENT_BUDGET_ACTION: '3', EVENKEEL_AGENT_INTERVAL: 'often' };
    const { status, stderr } = await home.runWith(wrong, 'check');
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean EVENKEEL_AGENT_BUDGET_ACTIONS?');
    expect(stderr).toContain('EVENKEEL_AGENT_INTERVAL:1:1: error: expected a duration');
  });

  it('says who has its port, and how to move', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = await home.run(`--web.listen-address=127.0.0.1:${port}`);
    other.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`port ${port} is in use`);
  });
});

describe('the process', () => {
  it('runs without Prometheus, keeps its rules when new ones are bad, and stops cleanly', async () => {
    const agent = await home.start();
    const outcome = await until(async () => {
      const { body } = await createAgentClient({ url: agent.url }).get('/api/v1/facts');
      return body.signals ?? undefined;
    });
    expect(outcome).toEqual({ status: 'error', because: 'Prometheus cannot be read: connection refused' });

    home.write('rules.yml', RULE.replace('priority: 1', 'priority: 4'));
    agent.signal('SIGHUP');
    await agent.logs('not reloaded');
    home.write('rules.yml', RULE.replace('slow-api', 'slower-api'));
    agent.signal('SIGHUP');
    await agent.logs('slower-api (shadow)');
    home.removeFile('rules.yml');
    agent.signal('SIGHUP');
    await agent.logs('no rule file matches');

    agent.signal('SIGTERM');
    expect(await agent.ended).toBe(0);
    expect(agent.log).toContain('agent stopped');
  });

  it('killed hard, starts again on the same journal', async () => {
    const first = await home.start();
    first.signal('SIGKILL');
    await first.ended;
    const second = await home.start();
    second.signal('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
