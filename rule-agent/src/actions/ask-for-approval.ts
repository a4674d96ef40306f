import type { ApprovalAskEnded, Decided, JournalEvent } from '../model/event.ts';
import type { Action, ApplyResult, PlanResult } from './action.ts';
import { type ApprovalMessage, approvalText, messageRequest } from './approval-message.ts';
import { occasionOf } from './execute.ts';
import type { WriteAhead } from './write-ahead.ts';

interface Asking {
  action: Action;
  writeAhead: WriteAhead;
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /** Why nothing may be sent, asked before the target is read, before the row is written, and right before it is sent. */
  halted: () => Promise<string | undefined>;
  now: () => number;
}

type Ending = Pick<ApprovalAskEnded, 'outcome' | 'because'>;

/**
 * Tells people that an approval waits, under the same idempotency key at every attempt.
 *
 * @returns false when nothing was sent: it is still to be done
 * @throws what `writeAhead` or `record` rejects with
 */
export async function askForApproval(
  { decided, message }: { decided: Decided; message: ApprovalMessage },
  { action, writeAhead, record, halted, now }: Asking,
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
  await writeAhead([{ kind: 'approval_asked', at: now(), episode, rule, system, text, idempotencyKey: key }]);
  // A journal that is slow takes seconds.
  const because = await halted();
  const result = because === undefined ? await send(sending, key, action) : refusal(because);
  await record([{ kind: 'approval_ask_ended', at: now(), episode, rule, ...endingOf(result) }]);
  return true;
}

function send(sending: PlanResult, key: string, action: Action): Promise<ApplyResult> {
  return sending.kind === 'change'
    ? action.apply(sending.plan, key)
    : Promise.resolve(refusal(sending.because));
}

function refusal(because: string): ApplyResult {
  return { kind: 'refused', because };
}

/** It is tried again also when it may have arrived: to be asked twice is better than not at all. */
function endingOf(result: ApplyResult): Ending {
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
