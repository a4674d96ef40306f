import type { Reverted, RevertStarted } from '../model/event.ts';
import type { PendingRevert } from '../model/history.ts';
import type { Action, ApplyResult } from './action.ts';

export interface TakingBack {
  action: Action;
  /** Durable before it resolves; when it rejects, nothing is sent. */
  recordStart: (started: RevertStarted) => Promise<void>;
  /** Why nothing at all may be sent. A pause is no reason: who pauses may want to undo. */
  halted: () => Promise<string | undefined>;
  now: () => number;
}

/**
 * Takes actions back, one after the other.
 *
 * @returns how each ended; one that cannot be known yet is left out and tried again under the same key
 */
export async function takeBack(reverts: Iterable<PendingRevert>, work: TakingBack): Promise<Reverted[]> {
  const reverted: Reverted[] = [];
  for (const revert of reverts) {
    if ((await work.halted()) !== undefined) break;
    const ending = endingOfRevert(await revertOne(revert, work));
    const { episode, rule } = revert.requested;
    if (ending !== undefined) reverted.push({ kind: 'reverted', at: work.now(), episode, rule, ...ending });
  }
  return reverted;
}

async function revertOne(
  { requested, idempotencyKey }: PendingRevert,
  work: TakingBack,
): Promise<ApplyResult> {
  const { episode, rule, plan } = requested;
  const key = idempotencyKey ?? `${episode}-revert`;
  if (idempotencyKey === undefined) {
    await work.recordStart({ kind: 'revert_started', at: work.now(), episode, rule, idempotencyKey: key });
  }
  return work.action.revert(plan, key);
}

function endingOfRevert(result: ApplyResult): Pick<Reverted, 'outcome' | 'because'> | undefined {
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
