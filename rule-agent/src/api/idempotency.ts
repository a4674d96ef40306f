import { createHash } from 'node:crypto';
import type { Clock } from '@evenkeel/toolkit';
import { canonicalJson } from '../model/canonical-json.ts';
import type { OperationId } from './contract.ts';
import type { Call, Reply } from './handler.ts';
import { invalidInput } from './problems.ts';

type Work = () => Promise<Reply | undefined>;

/** Runs a call, or gives the answer that the same call with the same key got before. */
export type RunOnce = (
  operation: OperationId,
  call: Call<OperationId>,
  work: Work,
) => Promise<Reply | undefined>;

interface Remembered {
  content: string;
  atMs: number;
  reply: Promise<Reply | undefined>;
}

const REMEMBERED_MS = 86_400_000;
const MOST_REMEMBERED = 1_000;

/** Remembers answers in memory, the last 1,000 of a day. What failed is not remembered: it may be tried again. */
export function createRunOnce(clock: Clock): RunOnce {
  const remembered = new Map<string, Remembered>();
  const forget = (nowMs: number) => {
    for (const [key, { atMs }] of remembered) {
      if (remembered.size <= MOST_REMEMBERED && nowMs - atMs < REMEMBERED_MS) break;
      remembered.delete(key);
    }
  };
  return async (operation, { request, path, caller }, work) => {
    const key = request.get('idempotency-key');
    if (key === undefined) return work();
    forget(clock.now());
    // By the operation and the values in its path: the same route can be spelled in many ways.
    const name = JSON.stringify([caller, operation, path, key]);
    const content = createHash('sha256')
      .update(canonicalJson(request.body ?? null))
      .digest('hex');
    const before = remembered.get(name);
    if (before !== undefined) {
      if (before.content !== content) throw reused();
      const reply = await before.reply;
      return { ...reply, headers: { ...reply?.headers, 'Idempotent-Replayed': 'true' } };
    }
    const reply = work();
    remembered.set(name, { content, atMs: clock.now(), reply });
    reply.catch(() => remembered.delete(name));
    return reply;
  };
}

function reused() {
  const message = 'was used before for another request';
  return invalidInput([{ field: 'Idempotency-Key', message }], 'IDEMPOTENCY_KEY_REUSED');
}
