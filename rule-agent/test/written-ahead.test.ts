import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '@evenkeel/toolkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Rule } from '../src/model/rule.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { breakable } from './breakable-journal.ts';
import { buildRule } from './build.ts';
import { FakeAlertmanager } from './fake-alertmanager.ts';
import { FakeTarget } from './fake-target.ts';

const eager = buildRule({
  holding: { steadyMs: 0 },
  target: { by: ['job'], match: { job: 'warehouse' } },
  expect: { ...buildRule().expect, settleMs: 600_000 },
});
const silencing = {
  ...eager,
  silence: { system: 'alerts', matchers: { alertname: 'Slow' }, mostMs: 3_600_000 },
};

const faults = [['its file is gone'], ['every write fails']] as const;

describe.each(faults)('nothing is sent while the journal cannot be written: %s', (fault) => {
  let harness: AgentHarness;
  let alerts: FakeAlertmanager;
  let desk: FakeTarget;
  let isBroken: boolean;

  beforeEach(async () => {
    isBroken = false;
    alerts = new FakeAlertmanager();
    await alerts.target.start();
    desk = await new FakeTarget(() => ({ status: 202 })).start();
    const message = { format: 'webhook', url: new Secret(desk.url), honours_idempotency_key: true };
    harness = new AgentHarness();
    harness.furtherSystems = {
      alerts: { kind: 'alertmanager-silence', settings: { url: alerts.target.url }, timeout: 1_000 },
      desk: { kind: 'notify', settings: message, timeout: 1_000 },
    };
    harness.approvalMessage = { system: 'desk', severity: 'warning' };
  });

  afterEach(async () => {
    await harness.stop();
    await alerts.target.stop();
    await desk.stop();
  });

  async function startWith(rule: Rule): Promise<void> {
    harness.rules = [rule];
    await harness.start();
    await harness.stopAgent();
    await harness.startAgent((journal) => breakable(journal, () => isBroken));
  }

  function breakJournal(): void {
    isBroken = fault === 'every write fails';
    const endings = isBroken ? [] : ['', '-wal', '-shm'];
    for (const ending of endings) rmSync(join(harness.directory, `journal.db${ending}`));
  }

  const sent = () => ({
    warehouse: harness.warehouse.requests.filter((request) => !request.startsWith('GET')).length,
    alerts: alerts.target.changes.length,
    desk: desk.changes.length,
  });

  async function expectNothingSentAfterBreak(): Promise<void> {
    const before = sent();
    breakJournal();
    for (let turns = 0; turns < 8; turns++) {
      await harness.cycle();
      // What loops of their own send has a way to go.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(sent()).toEqual(before);
  }

  async function revert(): Promise<void> {
    const [{ id }] = await harness.items('episodes');
    const body = { reason: 'stale prices' };
    const path = `/api/v1/episodes/${id}/revert`;
    expect((await harness.request('POST', path, { token: TOKENS.operator, body })).status).toBe(202);
  }

  it('no action', async () => {
    await startWith({ ...eager, holding: { steadyMs: 4_000 } });
    await harness.cycle();
    await expectNothingSentAfterBreak();
  });

  it('no revert', async () => {
    await startWith(eager);
    await harness.cycle();
    await revert();
    await expectNothingSentAfterBreak();
  });

  it('no revert that was sent before and is tried again', async () => {
    await startWith(eager);
    await harness.cycle();
    await revert();
    harness.warehouse.fault = 'status_500';
    await harness.cycle();
    expect(await harness.journal.find({ kinds: ['revert_started'], limit: 10 })).toHaveLength(1);
    harness.warehouse.fault = 'none';
    await expectNothingSentAfterBreak();
  });

  it('no message about an approval', async () => {
    desk.fault = 'status_500';
    await startWith({ ...eager, mode: 'approve' });
    await harness.cycle();
    expect(sent().desk).toBeGreaterThan(0);
    desk.fault = 'none';
    await expectNothingSentAfterBreak();
  });

  it('no silence', async () => {
    alerts.target.fault = 'status_500';
    await startWith(silencing);
    await harness.cycle();
    await until(() => alerts.target.seen.length > 0);
    alerts.target.fault = 'none';
    await expectNothingSentAfterBreak();
    expect(sent()).toMatchObject({ warehouse: 1, alerts: 0 });
  });

  it('no end of a silence', async () => {
    await startWith(silencing);
    await harness.cycle();
    await until(() => alerts.active.size === 1);
    alerts.target.fault = 'status_500';
    await revert();
    await harness.cycle();
    alerts.target.fault = 'none';
    await expectNothingSentAfterBreak();
    expect(alerts.active.size).toBe(1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
