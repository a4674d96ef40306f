import type { ServerResponse } from 'node:http';
import { createAgentClient } from '@evenkeel/agent-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHome, type RunningAgent } from './agent-home.ts';
import { FakePrometheus } from './fake-prometheus.ts';
import { LoopbackServer } from './loopback-server.ts';

/** Longer than an agent may take to stop. */
const TIMEOUT = '60s';

const rule = (name: string, system: string) => `
  - name: ${name}
    description: Requests are slow.
    priority: 1
    mode: auto
    when_learning: act
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: ${name}_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: { knob: { system: ${system}, name: ttl, set: 120 } }
    expect: { signal: ${name}_seconds, direction: lower }
`;

describe('an agent that is told to stop while its targets hang', () => {
  let home: AgentHome;
  let prometheus: FakePrometheus;
  let target: LoopbackServer;
  let isHanging: boolean;
  let value: number;
  const asked = new Set<string>();

  beforeEach(async () => {
    [isHanging, value] = [true, 2];
    asked.clear();
    target = new LoopbackServer(({ method, url }, response) => {
      asked.add(`${method} ${url}`);
      const isWrite = method === 'PUT';
      if (isWrite) value = 120;
      // One target takes the change and says nothing more, the other says nothing at all.
      if (isHanging && (isWrite || url!.startsWith('/silent'))) return;
      show(response);
    });
    const show = (response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'application/json', etag: '"1"' })
        .end(JSON.stringify({ name: 'ttl', value, min: 0, max: 600 }));
    prometheus = new FakePrometheus(Date.now);
    await Promise.all([target.start(), prometheus.start()]);
    prometheus.signals = ['taking', 'silent'].map((name) => ({
      ...{ signal: `${name}_seconds`, labels: { job: 'warehouse' }, value: '3' },
    }));
    home = new AgentHome();
    home.write('rules.yml', `rules:${rule('taking', 'taking')}${rule('silent', 'silent')}`);
    home.write(
      'agent.yml',
      `prometheus: { url: ${prometheus.url}, timeout: ${TIMEOUT} }
interval: 50ms
rules: [rules.yml]
journal: { path: journal.db }
systems:
  taking: { knobs: "${target.url}/taking", timeout: ${TIMEOUT} }
  silent: { knobs: "${target.url}/silent", timeout: ${TIMEOUT} }
`,
    );
  });

  afterEach(async () => {
    await home.remove();
    await Promise.all([target.stop(), prometheus.stop()]);
  });

  async function episodeOf(agent: RunningAgent, name: string) {
    const { body } = await createAgentClient({ url: agent.url }).get('/api/v1/episodes');
    return body.items.find((episode) => episode.rule === name);
  }

  it('stops cleanly all the same, and the next one finds out what became of what was sent', async () => {
    const first = await home.start();
    await until(() => asked.has('PUT /taking/ttl') && asked.has('GET /silent/ttl'));
    prometheus.fault = 'hangs';
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.log).toContain('agent stopped');

    isHanging = false;
    prometheus.fault = 'none';
    const second = await home.start();
    await until(async () => (await episodeOf(second, 'taking'))?.outcome === 'applied');
    expect(await episodeOf(second, 'taking')).toMatchObject({ reconciled: true });
    const abandoned = (await home.run('journal', 'export')).stdout
      .split('\n')
      .filter((line) => line.includes('"abandoned"'));
    expect(abandoned).toEqual([expect.stringContaining('the agent stopped before anything was sent')]);
    expect(abandoned[0]).toContain('"silent"');
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
