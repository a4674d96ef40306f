import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { AgentHarness } from './agent-harness.ts';
import { type SmallDisk, smallDisk, smallFile, writeUntilFull } from './small-disk.ts';

let harness: AgentHarness;
let disk: SmallDisk;
let directory: string;

beforeEach(() => {
  harness = new AgentHarness();
  directory = mkdtempSync(join(tmpdir(), 'small-disk-'));
});

afterEach(async () => {
  await harness.stop();
  disk.remove();
  rmSync(directory, { recursive: true });
});

it.each([
  ['the disk', smallDisk],
  ['the file', smallFile],
])(
  '%s of the journal is full: nothing is done, it is said, and it goes on once there is room',
  async (_what, make) => {
    disk = make(directory);
    harness.openJournal = disk.openJournal;
    await harness.start();
    disk.fill();
    await writeUntilFull(harness.journal);
    await harness.cycles(5);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await harness.metric('evenkeel_agent_cycles_total{outcome="journal_failed"}')).toBe(5);
    expect(
      await harness.metric('evenkeel_agent_journal_writes_total{outcome="failed"}'),
    ).toBeGreaterThanOrEqual(5);
    const ready = await harness.get('/-/ready');
    expect([ready.status, ready.body]).toEqual([503, expect.stringMatching(/disk is full|disk I\/O/)]);
    const pause = { token: 'operator-secret', body: { reason: 'stocktaking' } };
    expect(await harness.request('POST', '/api/v1/pauses', pause)).toMatchObject({
      status: 503,
      body: { code: 'JOURNAL_WRITE_FAILED' },
    });
    expect((await harness.get('/api/v1/decisions')).status).toBe(200);

    disk.free();
    await harness.cycles(3);
    expect(harness.warehouse.applied).toHaveLength(1);
    expect((await harness.get('/-/ready')).status).toBe(200);
    expect(await harness.journal.verifyChain()).toMatchObject({ intact: true });
  },
);
