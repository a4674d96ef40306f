import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakePrometheus } from '../../rule-agent/test/fake-prometheus.ts';
import { AgentProcess } from './agent-process.ts';
import { RealAlertmanager, type ShownSilence } from './real-alertmanager.ts';
import { RecordingTarget } from './recording-target.ts';
import { ruleWithAReason } from './rule-with-a-reason.ts';

const SETTLE_MS = 3_000;
const TEST_TIMEOUT_MS = 120_000;
const MARK = 'While Evenkeel acts: episode ';

const directory = mkdtempSync(join(tmpdir(), 'silence-while-'));
const home = join(directory, 'agent');
const prometheus = new FakePrometheus(Date.now);
const target = new RecordingTarget(() => 0);
const alertmanager = new RealAlertmanager();
const agent = new AgentProcess(home);

beforeAll(async () => {
  await Promise.all([prometheus.start(), target.start(), alertmanager.start()]);
  prometheus.signals = [{ signal: 'latency', labels: { job: 'warehouse' }, value: '3' }];
  mkdirSync(home);
  const rule = ruleWithAReason({
    name: 'slow-api',
    signal: 'latency',
    knob: 'knob',
    limits: 'cooldown: 500ms\n    silence_while_acting: { system: alerts, at_most: 30s }',
    expect: `settle: ${SETTLE_MS}ms`,
  });
  writeFileSync(join(home, 'rules.yml'), `rules:${rule}`);
  writeFileSync(
    join(home, 'agent.yml'),
    `prometheus: { url: ${prometheus.url} }
interval: 50ms
rules: [rules.yml]
journal: { path: journal.db }
budget: { actions: 100000, per: 1h }
systems:
  target: { knobs: "${target.knobsUrl}", token: agent }
  alerts: { alertmanager: { url: "${alertmanager.url}" }, timeout: 2s }
`,
  );
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  await agent.kill();
  await Promise.all([prometheus.stop(), target.stop(), alertmanager.remove()]);
  rmSync(directory, { recursive: true, force: true });
});

async function eventually<Result>(find: () => Promise<Result | undefined>): Promise<Result> {
  for (;;) {
    const found = await Promise.race([find(), agent.fault]);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const episodeIn = ({ comment }: ShownSilence) => comment.slice(MARK.length).split(' ')[0]!;

/** An active silence of an episode that has not been seen before. */
function newSilence(seen: readonly string[]): Promise<ShownSilence> {
  return eventually(async () =>
    (await alertmanager.active()).find(
      (silence) => silence.comment.startsWith(MARK) && !seen.includes(episodeIn(silence)),
    ),
  );
}

async function silencesOf(episode: string): Promise<ShownSilence[]> {
  return (await alertmanager.silences()).filter((silence) => episodeIn(silence) === episode);
}

async function isOver(episode: string): Promise<true | undefined> {
  const silences = await silencesOf(episode);
  return silences.every(({ status }) => status.state === 'expired') ? true : undefined;
}

async function kindsOf(episode: string): Promise<string[]> {
  const { body } = await (await agent.api()).get('/api/v1/episodes/{id}', { path: { id: episode } });
  return body.timeline.map(({ kind }) => kind);
}

async function seenEpisodes(): Promise<string[]> {
  return (await alertmanager.silences()).map(episodeIn);
}

describe('while it acts', () => {
  beforeEach(() => agent.start());
  afterEach(() => agent.kill('SIGTERM'));

  it(
    "a real Alertmanager keeps the target's alerts of the signal to itself, no others, and no longer than the episode",
    async () => {
      const silence = await newSilence([]);
      const matchers = silence.matchers.map(({ name, value, isRegex, isEqual }) => [
        name,
        value,
        isRegex,
        isEqual,
      ]);
      expect(matchers.sort()).toEqual([
        ['job', 'warehouse', false, true],
        ['signal', 'latency', false, true],
      ]);
      const lastsMs = Date.parse(silence.endsAt) - Date.parse(silence.startsAt);
      expect(lastsMs).toBeGreaterThan(SETTLE_MS);
      expect(lastsMs).toBeLessThanOrEqual(30_000);
      await alertmanager.post(
        '/api/v2/alerts',
        [
          { alertname: 'Slow', job: 'warehouse', signal: 'latency' },
          { alertname: 'Slow', job: 'warehouse-2', signal: 'latency' },
          { alertname: 'Slow', signal: 'latency' },
          { alertname: 'Full', job: 'warehouse', signal: 'disk' },
        ].map((labels) => ({ labels })),
      );
      const isSilenced = await eventually(async () => {
        const alerts = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as {
          labels: Record<string, string>;
          status: { silencedBy: string[]; state: string };
        }[];
        const quiet = alerts.filter(({ status }) => status.silencedBy.length > 0).map(({ labels }) => labels);
        return alerts.length === 4 && quiet.length > 0 ? quiet : undefined;
      });
      expect(isSilenced).toEqual([{ alertname: 'Slow', job: 'warehouse', signal: 'latency' }]);
      const episode = episodeIn(silence);
      await eventually(() => isOver(episode));
      expect(await silencesOf(episode)).toHaveLength(1);
      await eventually(async () =>
        (await kindsOf(episode)).includes('alerts_unsilenced') ? true : undefined,
      );
      const kinds = await kindsOf(episode);
      expect(kinds.filter((kind) => kind.startsWith('alerts_'))).toEqual([
        'alerts_silenced',
        'alerts_unsilenced',
      ]);
      expect(kinds.indexOf('alerts_unsilenced')).toBeGreaterThan(kinds.indexOf('verified'));
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'a silence outlives a killed agent, is not made twice, and ends with its episode; those of other agents are left alone',
    async () => {
      const silence = await newSilence(await seenEpisodes());
      const episode = episodeIn(silence);
      await agent.kill();
      const { matchers, startsAt, endsAt } = silence;
      const foreign = {
        matchers,
        startsAt,
        endsAt,
        createdBy: 'evenkeel-agent',
        comment: `${MARK}other-1 of rule other`,
      };
      await alertmanager.post('/api/v2/silences', foreign);
      expect(await silencesOf(episode)).toMatchObject([{ status: { state: 'active' } }]);
      agent.start();
      await eventually(() => isOver(episode));
      expect(await silencesOf(episode)).toHaveLength(1);
      expect(await silencesOf('other-1')).toMatchObject([{ status: { state: 'active' } }]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'an Alertmanager that is down hinders no action, and is caught up with when it is back',
    async () => {
      const orphaned = episodeIn(await newSilence(await seenEpisodes()));
      await alertmanager.stop();
      const before = target.applied.length;
      await Promise.race([target.until(() => target.applied.length > before + 1), agent.fault]);
      const metrics = await (await fetch(`${await agent.url()}/metrics`)).text();
      expect(Number(/^evenkeel_agent_silence_failures_total (\d+)/m.exec(metrics)![1])).toBeGreaterThan(0);
      expect(agent.log).toMatch(/silences failed.*alerts cannot be reached/);
      await alertmanager.start();
      await eventually(() => isOver(orphaned));
    },
    TEST_TIMEOUT_MS,
  );
});
