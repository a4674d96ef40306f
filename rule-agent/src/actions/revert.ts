import type { Reverted } from '../model/event.ts';
import type { PendingRevert } from '../model/history.ts';
import type { Action, ApplyResult } from './action.ts';
import type { WriteAhead } from './write-ahead.ts';

export interface Reverting {
  action: Action;
  writeAhead: WriteAhead;
  /** Why nothing at all may be sent. A pause is no reason: who pauses may want to undo. */
  halted: () => Promise<string | undefined>;
  now: () => number;
}

/**
 * Reverts an action.
 *
 * @returns how it ended; undefined when that cannot be known yet: it is tried again under the same key
 */
export async function revert(
  { requested, idempotencyKey }: PendingRevert,
  { action, writeAhead, halted, now }: Reverting,
): Promise<Reverted | undefined> {
  const { episode, rule, plan } = requested;
  if ((await halted()) !== undefined) return undefined;
  const key = idempotencyKey ?? `${episode}-revert`;
  const started = { kind: 'revert_started', at: now(), episode, rule, idempotencyKey: key } as const;
  await writeAhead(idempotencyKey === undefined ? [started] : []);
  if ((await halted()) !== undefined) return undefined;
  const ending = endingOf(await action.revert(plan, key));
  return ending && { kind: 'reverted', at: now(), episode, rule, ...ending };
}

function endingOf(result: ApplyResult): Pick<Reverted, 'outcome' | 'because'> | undefined {
  switch (result.kind) {
    case 'applied':
      return { outcome: 'reverted' };
    case 'outdated':
      return { outcome: 'changed_since', because: 'the target no longer stands where the action left it' };
    case 'refused':
      return { outcome: 'refused', because: result.because };
    case 'unclear':
      return undefined;
  }
}
