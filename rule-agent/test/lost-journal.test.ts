import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { AgentHarness } from './agent-harness.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

const file = (ending = '') => join(harness.directory, `journal.db${ending}`);

it('an agent whose journal is deleted says so within a cycle, and takes no action', async () => {
  await harness.cycles(2);
  rmSync(file());
  await harness.cycles(3);
  const ready = await harness.get('/-/ready');
  expect([ready.status, ready.body]).toEqual([
    503,
    expect.stringMatching(/journal\.db is gone.*stop the agent/s),
  ]);
  expect(harness.warehouse.applied).toEqual([]);
  expect(await harness.metric('evenkeel_agent_journal_up')).toBe(0);
  const pause = { token: 'operator-secret', body: { reason: 'stocktaking' } };
  expect(await harness.request('POST', '/api/v1/pauses', pause)).toMatchObject({
    status: 503,
    body: { code: 'JOURNAL_LOST' },
  });
});

it('an action that is due right after the journal is lost is not taken', async () => {
  await harness.cycles(2);
  const { seq } = (await harness.journal.find({ limit: 1 }))[0]!;
  await harness.clock.advance(2_000);
  rmSync(file('-wal'));
  await harness.agent.turn();
  expect(harness.warehouse.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  expect((await harness.journal.find({ limit: 1 }))[0]!.seq).toBe(seq);
});

it('it acts again when the journal is back where it was', async () => {
  await harness.cycles(2);
  renameSync(file(), file('.moved'));
  await harness.cycles(2);
  expect((await harness.get('/-/ready')).status).toBe(503);
  renameSync(file('.moved'), file());
  await harness.cycles(4);
  expect((await harness.get('/-/ready')).status).toBe(200);
  expect(await harness.metric('evenkeel_agent_journal_up')).toBe(1);
  expect(harness.warehouse.applied).toHaveLength(1);
});
