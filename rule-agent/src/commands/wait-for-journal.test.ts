import { EventEmitter } from 'node:events';
import { EvenkeelError, ManualClock, silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { waitForJournal } from './wait-for-journal.ts';

const AWAY = new EvenkeelError('JOURNAL_UNREACHABLE', 'PostgreSQL is away');

let port: number;
let clock: ManualClock;
let signals: EventEmitter;
let attempts: number;

beforeEach(async () => {
  port = await freePort();
  clock = new ManualClock();
  signals = new EventEmitter();
  attempts = 0;
});

/** Waits for a journal that can be opened at the given attempt. */
function wait(openedAt: number, error: Error = AWAY) {
  const open = () => {
    attempts += 1;
    return attempts < openedAt ? Promise.reject(error) : Promise.resolve('the agent');
  };
  const listen = { host: '127.0.0.1', port };
  return waitForJournal(open, {
    ...{ listen, clock, signals, version: '1.2.3' },
    openAccess: () => undefined,
    logger: silentLogger(),
  });
}

async function get(path: string): Promise<{ status: number; text: string }> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    if (response !== undefined) return { status: response.status, text: await response.text() };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a start while PostgreSQL is away', () => {
  it('waits with growing pauses, and says so meanwhile', async () => {
    const opened = wait(4);
    expect(await get('/-/ready')).toMatchObject({
      status: 503,
      text: expect.stringContaining('waiting for the journal: PostgreSQL is away'),
    });
    expect((await get('/-/healthy')).status).toBe(200);
    expect((await get('/metrics')).text).toMatch(/^evenkeel_agent_journal_up 0$/m);
    expect(await get('/api/v1/rules')).toMatchObject({ status: 503 });
    const seen: number[] = [];
    for (const ms of [999, 1, 1_999, 1, 3_999, 1]) {
      await clock.advance(ms);
      seen.push(attempts);
    }
    expect(seen).toEqual([1, 2, 2, 3, 3, 4]);
    expect(await opened).toBe('the agent');
    await expect(fetch(`http://127.0.0.1:${port}/-/ready`)).rejects.toThrow();
  });

  it('ends at a signal', async () => {
    const opened = wait(Infinity);
    await get('/-/ready');
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await opened).toBeUndefined();
    expect(signals.eventNames()).toEqual([]);
  });

  it('does not wait for what stays wrong', async () => {
    const wrong = new EvenkeelError('JOURNAL_UNREADABLE', 'the password is wrong');
    await expect(wait(2, wrong)).rejects.toBe(wrong);
    expect(attempts).toBe(1);
  });
});
