import { type Clock, createLoop, type Logger, type Loop, type LoopTurn } from '@evenkeel/toolkit';
import type { Policy } from '../decisions/index.ts';
import type { Verified } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History } from '../model/history.ts';
import { due, verify } from '../verification/index.ts';

export interface VerifyingOptions {
  history: History;
  /** What was known at the last look. */
  facts: () => Facts | undefined;
  policy: Policy;
  record: (verdicts: readonly Verified[]) => Promise<void>;
  isActive: () => boolean;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
  onTurn?: (turn: LoopTurn) => void;
}

export interface Verifying extends Loop {
  /** Gives the episodes that are due their verdict. */
  verifyDue: () => Promise<void>;
}

/** Says of each action that has had its time to show whether it helped. */
export function createVerifying(options: VerifyingOptions): Verifying {
  const { history, facts, policy, record, isActive, clock } = options;
  const verifyDue = async () => {
    const known = facts();
    if (known === undefined || !isActive()) return;
    const look = { nowMs: clock.now(), maxAgeMs: policy.maxAgeMs };
    await record(verify(due(history, known.readAtMs), known, look));
  };
  return { ...createLoop({ name: 'verifying', run: verifyDue, ...options }), verifyDue };
}
