import { describe, expect, it } from '@jest/globals';
import { emptyHistory } from '../decisions/index.ts';
import { buildBook, buildDecided, buildEpisode, buildFacts, ok, T0, warehouse } from '../../test/build.ts';
import { consequences, due, verified } from './index.ts';

const settling = buildEpisode({
  decided: buildDecided({ observedBefore: ok(5) }),
  state: 'settling',
  settlesAtMs: T0,
  measuredAtMs: T0,
});
const plan = { kind: 'knob', system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };
const asOf = { nowMs: T0, maxAgeMs: 30_000 };
const improved = { judgement: { verdict: 'improved', method: 1 } } as const;
const worsened = { judgement: { verdict: 'worsened', method: 1 } } as const;

function dueAt(nowMs: number, episode = settling) {
  const history = emptyHistory();
  history.openEpisodes.set('e', episode);
  return due(history, nowMs).length;
}

describe('verification', () => {
  it('is due once the action has settled and was watched, and not before', () => {
    expect(dueAt(T0 - 1)).toBe(0);
    expect(dueAt(T0)).toBe(1);
    expect(dueAt(T0, { ...settling, state: 'executing' })).toBe(0);
  });

  it('ends an episode with what was measured, and the signal as it is now beside it', () => {
    const facts = buildFacts(buildBook({ api_latency_p95_seconds: [{ labels: warehouse, value: 0.1 }] }));
    const event = verified(settling, improved, { facts, ...asOf });
    expect(event).toMatchObject({ ...improved, verdict: 'improved', observedAfter: { value: 0.1 } });
  });

  it('ends it even when the signal is gone, and says that it is', () => {
    const event = verified(settling, improved, { facts: buildFacts(), ...asOf });
    expect(event).toMatchObject({ observedAfter: { status: 'missing' } });
  });

  it('has what made things worse reverted, where that can be', () => {
    const applied = { ...settling, plan };
    expect(consequences(applied, worsened, { nowMs: T0, isRevertible: true })).toMatchObject([
      { kind: 'revert_requested', by: 'verdict', plan },
    ]);
    expect(consequences(applied, worsened, { nowMs: T0, isRevertible: false })).toEqual([]);
    expect(consequences(applied, improved, { nowMs: T0, isRevertible: true })).toEqual([]);
  });
});
