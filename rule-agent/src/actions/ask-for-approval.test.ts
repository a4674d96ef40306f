import { describe, expect, it } from '@jest/globals';
import { buildDecided, T0 } from '../../test/build.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Action, ApplyResult } from './action.ts';
import { askForApproval } from './ask-for-approval.ts';

const decided = buildDecided({ mode: 'approve', approval: { expiresAt: T0 + 900_000, needed: 1 } });
const work = { decided, message: { system: 'desk', severity: 'warning' } as const };

/** Asks, with a stop once so many rows are written. */
async function asked(result: ApplyResult, stopAfterRows = Infinity) {
  const sent: string[] = [];
  const rows: JournalEvent[] = [];
  const action: Action = {
    plan: ({ system, name }) =>
      Promise.resolve({ kind: 'change', plan: { system, name, from: 2, to: 120, version: '' } }),
    apply({ system, name }, key) {
      sent.push(`${system}/${name} under ${key} after ${rows.length} row`);
      return Promise.resolve(result);
    },
    verify: () => Promise.resolve('unknowable'),
    revert: () => Promise.resolve(result),
  };
  const isDone = await askForApproval(work, {
    action,
    writeAhead: (events) => Promise.resolve(void rows.push(...events)),
    record: (events) => Promise.resolve(void rows.push(...events)),
    halted: () => Promise.resolve(rows.length >= stopAfterRows ? 'the file STOP exists' : undefined),
    now: () => T0,
  });
  return { isDone, sent, rows };
}

describe('asking for an approval', () => {
  it('writes it ahead, reads the target without touching it, and sends one message', async () => {
    const { isDone, sent, rows } = await asked({ kind: 'applied' });
    expect(isDone).toBe(true);
    expect(sent).toEqual(['desk/approval under key-1-ask after 1 row']);
    expect(rows).toMatchObject([
      { kind: 'approval_asked', system: 'desk', idempotencyKey: 'key-1-ask' },
      { kind: 'approval_ask_ended', outcome: 'sent' },
    ]);
  });

  it.each([
    { kind: 'refused', because: 'desk answered with HTTP 404' },
    { kind: 'unclear', because: 'desk: timed out' },
    { kind: 'outdated' },
  ] as const)('has failed when the answer is $kind', async (result) => {
    const { rows } = await asked(result);
    const because = 'because' in result ? result.because : 'the receiver answered with HTTP 412';
    expect(rows.at(-1)).toMatchObject({ kind: 'approval_ask_ended', outcome: 'failed', because });
  });

  it('writes and sends nothing while everything is stopped', async () => {
    expect(await asked({ kind: 'applied' }, 0)).toEqual({ isDone: false, sent: [], rows: [] });
  });

  it('sends nothing when it was stopped while the row was written, and says so', async () => {
    const { sent, rows } = await asked({ kind: 'applied' }, 1);
    expect(sent).toEqual([]);
    const because = 'the file STOP exists';
    expect(rows.at(-1)).toMatchObject({ kind: 'approval_ask_ended', outcome: 'failed', because });
  });
});
