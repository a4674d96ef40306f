import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildRule } from '../../test/build.ts';
import { targetKey } from '../model/target.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';

const { expect: expected } = buildRule();

function firingOn(index: number) {
  const target = { job: `shop-${String(index).padStart(4, '0')}` };
  const idempotencyKey = createHash('sha256').update(target.job).digest('hex').slice(0, 32);
  const of = { target, targetKey: targetKey(target), episode: target.job, idempotencyKey };
  return buildDecided({ ...of, mode: 'shadow', expect: { ...expected, windowMs: 900_000 } });
}

/** The targets that wait to be judged after all of them fired at once. */
function waitingAfter(order: readonly number[]): string[] {
  const history = emptyHistory();
  for (const index of order) record(history, firingOn(index));
  return [...history.unacted.keys()].sort();
}

describe('the firings that are judged though nobody acted', () => {
  const storm = Array.from({ length: 1_000 }, (_, index) => index);

  it('are 20 of a storm, the same ones in whatever order its targets are looked at', () => {
    const waiting = waitingAfter(storm);
    expect(waiting).toHaveLength(20);
    expect(waitingAfter(storm.toReversed())).toEqual(waiting);
  });

  it('come from everywhere among the targets, and are not the first by their labels', () => {
    const mean = waitingAfter(storm).reduce((sum, job) => sum + Number(job.slice(5)) / 20, 0);
    // The mean of 20 draws from 0 to 999 is 500, with a standard deviation of 65; these keys are fixed.
    expect(Math.abs(mean - 500)).toBeLessThan(3 * 65);
  });

  it('are all of a few', () => {
    expect(waitingAfter(storm.slice(0, 7))).toHaveLength(7);
  });
});
