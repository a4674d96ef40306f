import type { Decided, JournalEvent } from '../model/event.ts';
import type { Action, ApplyResult } from './action.ts';
import { type ApprovalMessage, approvalText, messageRequest } from './approval-message.ts';
import { occasionOf } from './execute.ts';

interface Asking {
  action: Action;
  /** Durable before it resolves; when it rejects, nothing is sent. */
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /** Why nothing may be sent, asked before the target is read and at the last moment. */
  halted: () => Promise<string | undefined>;
  now: () => number;
}

/**
 * Tells people that an approval waits, under the same idempotency key at every attempt.
 *
 * @returns false when nothing was sent: it is still to be done
 * @throws what `record` rejects with
 */
export async function askForApproval(
  { decided, message }: { decided: Decided; message: ApprovalMessage },
  { action, record, halted, now }: Asking,
): Promise<boolean> {
  const { episode, rule } = decided;
  const occasion = occasionOf(decided);
  if ((await halted()) !== undefined) return false;
  const planned = await action.plan(decided.action, occasion);
  const text = approvalText(decided, { planned, advice: message.text });
  const sending = await action.plan(messageRequest(message, text), occasion);
  if ((await halted()) !== undefined) return false;
  const key = `${decided.idempotencyKey}-ask`;
  const { system } = message;
  await record([{ kind: 'approval_asked', at: now(), episode, rule, system, text, idempotencyKey: key }]);
  const ending =
    sending.kind === 'change'
      ? endingOf(await action.apply(sending.plan, key))
      : ({ outcome: 'failed', because: sending.because } as const);
  await record([{ kind: 'approval_ask_ended', at: now(), episode, rule, ...ending }]);
  return true;
}

/** It is tried again also when it may have arrived: to be asked twice is better than not at all. */
function endingOf(result: ApplyResult): { outcome: 'sent' | 'failed'; because?: string } {
  switch (result.kind) {
    case 'applied':
      return { outcome: 'sent' };
    case 'outdated':
      return { outcome: 'failed', because: 'the receiver answered with HTTP 412' };
    case 'refused':
    case 'unclear':
      return { outcome: 'failed', because: result.because };
  }
}
