import { describe, expect, it } from '@jest/globals';
import { buildBook, buildDecided, buildEpisode, buildFacts, ok, T0, warehouse } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import { due, verify } from './index.ts';

const settling = buildEpisode({
  decided: buildDecided({ observedBefore: ok(5) }),
  state: 'settling',
  settlesAtMs: T0,
  measuredAtMs: T0,
});

function dueAt(nowMs: number, episode = settling) {
  const history = emptyHistory();
  history.openEpisodes.set('e', episode);
  return due(history, nowMs).length;
}

describe('verification', () => {
  it('is due once the action has settled, and not before', () => {
    expect(dueAt(T0 - 1)).toBe(0);
    expect(dueAt(T0)).toBe(1);
    expect(dueAt(T0, { ...settling, state: 'executing' })).toBe(0);
  });

  it('calls nothing an improvement, however much better the second value looks', () => {
    const facts = buildFacts(buildBook({ api_latency_p95_seconds: [{ labels: warehouse, value: 0.1 }] }));
    const [verified] = verify([settling], facts, { nowMs: T0, maxAgeMs: 30_000 });
    expect(verified).toMatchObject({ verdict: 'inconclusive:not_measured', observedAfter: { value: 0.1 } });
  });

  it('ends an episode even when the signal is gone, and says that it is', () => {
    const [verified] = verify([settling], buildFacts(), { nowMs: T0, maxAgeMs: 30_000 });
    expect(verified).toMatchObject({ observedAfter: { status: 'missing' } });
  });
});
