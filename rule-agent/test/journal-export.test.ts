/* eslint-disable @typescript-eslint/no-explicit-any --
   rows are looked into as any reader of an export would */
import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { RULE } from './agent-home.ts';
import { buildRule, T0 } from './build.ts';
import { typeCommand } from './type-command.ts';

type Loose = any;

const reason = 'stocktaking';
const ALERT = {
  ...{ version: '4', groupKey: 'g', truncatedAlerts: 2, status: 'firing', receiver: 'agent' },
  alerts: [
    {
      ...{ status: 'firing', labels: { alertname: 'Slow' }, annotations: { summary: 'slow' } },
      ...{ startsAt: '2026-11-23T12:00:00Z', endsAt: '0001-01-01T00:00:00Z' },
      ...{ generatorURL: 'http://127.0.0.1:9090/graph', fingerprint: 'a1b2c3' },
    },
  ],
};

const WRITTEN = RULE.replaceAll('slow-api', 'night-shift');

let harness: AgentHarness;

const post = (path: string, body: object, token = TOKENS.admin) =>
  harness.request('POST', `/api/v1${path}`, { token, body });

async function exported(...flags: string[]): Promise<Loose[]> {
  const file = join(harness.directory, 'agent.yml');
  const journal = join(harness.directory, 'journal.db');
  writeFileSync(
    file,
    `prometheus: { url: "http://127.0.0.1:1" }\nrules: [none.yml]\njournal: { path: "${journal}" }\n`,
  );
  const { stdout } = await typeCommand(['journal', 'export', `--config.file=${file}`, ...flags]);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** One action that is approved, applied, judged and reverted, and everything that people may do beside it. */
beforeAll(async () => {
  harness = await new AgentHarness().start();
  const plain = buildRule({
    holding: { steadyMs: 2_000 },
    target: { by: ['job'], match: { job: 'warehouse' } },
  });
  const rule = buildRule({ ...plain, mode: 'approve', expect: { ...plain.expect, settleMs: 4_000 } });
  harness.rules = [rule, buildRule({ ...plain, name: 'watching', mode: 'shadow', text: RULE })];
  await harness.agent.reload();
  await harness.cycles(3);
  const [{ episode }] = await harness.items('approvals');
  await post(`/episodes/${episode}/approve`, { reason: 'go' }, TOKENS.operator);
  await harness.cycles(6);
  await post(`/episodes/${episode}/revert`, { reason }, TOKENS.operator);
  await harness.cycles(2);
  const { body: pause } = await post('/pauses', {
    reason,
    rule: 'watching',
    ends_at: '2026-11-23T18:00:00Z',
  });
  await harness.cycle();
  await harness.request('DELETE', `/api/v1/pauses/${pause.id}`, { token: TOKENS.admin });
  await post('/pauses', { reason });
  await post('/tokens', { name: 'anna', role: 'viewer' });
  await writeRuleSetItsModeAndRemoveIt();
  await post('/alerts', ALERT, TOKENS.ingest);
  await post('/kill-switch/engage', { reason });
  await harness.cycle();
  await post('/kill-switch/release', { reason });
  harness.seeLatency('0.1');
  await harness.cycles(2);
});

async function writeRuleSetItsModeAndRemoveIt(): Promise<void> {
  const send = async (method: string, path: string, body?: unknown) => {
    const { headers } = await harness.get('/api/v1/rules/night-shift');
    const etag = headers.get('etag');
    return harness.request(method, `/api/v1${path}`, {
      ...{ token: TOKENS.admin, body },
      headers: {
        ...(typeof body === 'string' && { 'content-type': 'application/yaml' }),
        ...(etag !== null && { 'if-match': etag }),
      },
    });
  };
  expect(await send('POST', '/rules', WRITTEN)).toMatchObject({ status: 201 });
  await harness.cycle();
  expect(await send('PUT', '/rules/night-shift/mode', { mode: 'off', reason })).toMatchObject({
    status: 200,
  });
  await harness.cycle();
  expect(await send('DELETE', '/rules/night-shift')).toMatchObject({ status: 204 });
}

afterAll(() => harness.stop());

describe('the export of a journal', () => {
  it('has a row for all that happened, in order, each with its sentence and its hash', async () => {
    const rows = await exported();
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_row, index) => index + 1));
    for (const { at, text, hash: rowHash } of rows) {
      expect(at).toBe(new Date(Date.parse(at)).toISOString());
      expect(text).toMatch(/\w/);
      expect(rowHash).toMatch(/^[0-9a-f]{64}$/);
    }
    const kinds = [
      'agent_started',
      'rules_loaded',
      'firing_started',
      'firing_ended',
      'decided',
      'suppressed',
    ];
    const ofEpisode = ['approval_given', 'released', 'started', 'finished', 'verified'];
    const ofRevert = ['revert_requested', 'revert_started', 'reverted'];
    const ofPeople = [
      'pause_created',
      'pause_ended',
      'token_created',
      'kill_switch_ordered',
      'alert_received',
    ];
    const ofRules = ['rule_text', 'rule_written', 'rule_mode_set', 'rule_removed'];
    expect([...new Set(rows.map(({ kind }) => kind as string))]).toEqual(
      expect.arrayContaining([...kinds, ...ofEpisode, ...ofRevert, ...ofPeople, ...ofRules]),
    );
  });

  it('says of every decision what the API says', async () => {
    const decisions = await harness.items('decisions?limit=200');
    const rows = await exported();
    expect(decisions.length).toBeGreaterThan(5);
    for (const decision of decisions) expect(rows[decision.id - 1]).toMatchObject(decision);
  });

  it('says of an episode what the API says, event by event', async () => {
    for (const episode of await harness.items('episodes')) {
      const { body } = await harness.get(`/api/v1/episodes/${episode.id}`);
      const rows = (await exported()).filter((row) => row.episode === episode.id);
      const row = (kind: string) => rows.find((one) => one.kind === kind);
      const same = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, body[key]]));
      expect(rows.map(({ at, kind, text }) => ({ at, kind, text }))).toEqual(body.timeline);
      expect(row('decided')).toMatchObject(
        same([
          'rule',
          'rule_version',
          'priority',
          'mode',
          'target',
          'firing_since',
          'action',
          'expect',
          'facts',
        ]),
      );
      expect(row('decided')).toMatchObject(same(['observed_before', 'idempotency_key']));
      if (body.mode === 'shadow') continue;
      expect(row('decided').at).toBe(body.decided_at);
      expect(row('decided').approval).toEqual({
        needed: body.approval.needed,
        expires_at: body.approval.expires_at,
      });
      expect(row('approval_given')).toMatchObject(body.approval.given[0]);
      expect(row('started')).toMatchObject({ at: body.started_at, ...same(['idempotency_key', 'plan']) });
      expect(row('finished')).toMatchObject({
        at: body.finished_at,
        ...same(['outcome', 'outcome_because', 'reconciled']),
      });
      expect(row('verified')).toMatchObject({ at: body.verified_at, ...same(['verdict', 'observed_after']) });
      const { requested_at: requestedAt, reverted_at: revertedAt, outcome, ...asked } = body.reverted;
      expect(row('revert_requested')).toMatchObject({ at: requestedAt, ...asked });
      expect(row('reverted')).toMatchObject({ at: revertedAt, outcome });
    }
  });

  it('says of alerts, pauses and tokens what the API says, and holds no secret', async () => {
    const rows = await exported();
    const [alert] = await harness.items('alerts');
    expect(rows[alert.id - 1]).toMatchObject({ kind: 'alert_received', ...alert });
    const [pause] = await harness.items('pauses');
    expect(rows.filter(({ kind }) => kind === 'pause_created').at(-1)).toMatchObject({ pause });
    const { body } = await harness.get('/api/v1/tokens', TOKENS.admin);
    const token = body.items.find(({ name }: Loose) => name === 'anna');
    expect(rows.find(({ kind }) => kind === 'token_created').token).toEqual(token);
  });

  it('says of rules what the API says of them', async () => {
    const rows = await exported();
    const watching = (await harness.items('rules')).find(({ name }) => name === 'watching');
    const {
      rule,
      rule_version: version,
      mode,
      when,
      cooldown_seconds: cooldown,
    } = rows.find((row) => row.kind === 'rule_text' && row.rule === 'watching');
    expect({ name: rule, version, mode, when, cooldown_seconds: cooldown }).toEqual(
      Object.fromEntries(
        ['name', 'version', 'mode', 'when', 'cooldown_seconds'].map((key) => [key, watching[key]]),
      ),
    );
    const written = rows.find(({ kind }) => kind === 'rule_written');
    expect(written).toMatchObject({ rule: 'night-shift', by: 'the admin', rule_text: WRITTEN });
    expect(rows.find(({ kind }) => kind === 'rule_mode_set')).toMatchObject({ mode: 'off', because: reason });
  });

  it('has no name and no time in a form that the API does not have', async () => {
    const text = JSON.stringify(await exported());
    expect([...text.matchAll(/"([a-z]+[A-Z]\w*)":/g)].map(([, name]) => name)).toEqual([]);
    expect(text).not.toContain(String(T0).slice(0, 6));
  });

  it('leaves the chain to be recomputed from what is stored, with --raw', async () => {
    let previous = '0'.repeat(64);
    const rows = await exported('--raw');
    for (const { seq, once, body, hash: stored } of rows) {
      expect(hash('sha256', JSON.stringify([previous, seq, once, body]))).toBe(stored);
      previous = stored;
    }
    expect(rows.map(({ seq, hash: stored }) => [seq, stored])).toEqual(
      (await exported()).map(({ id, hash: shown }) => [id, shown]),
    );
    expect(JSON.parse(rows[0].body)).toMatchObject({ kind: expect.any(String), at: T0 });
  });
});
