import { type Schema } from '@evenkeel/agent-api';

type Episode = Schema<'Episode'>;

/** What matters to the panel of an episode of `latency` that was sent at ten, done a minute later and measured for five. */
export function episode(of: Partial<Episode>): Partial<Episode> {
  return {
    ...{ id: `e${of.verdict ?? of.outcome}`, rule: 'slow-api', target: { job: 'shop' } },
    ...{ decided_at: '2026-01-02T10:00:00Z', started_at: '2026-01-02T10:00:00Z' },
    ...{ finished_at: '2026-01-02T10:01:00Z', verified_at: null, verdict: null, effect: null, outcome_because: null },
    expect: {
      ...{ signal: 'latency', direction: 'lower', settle_seconds: 60, window_seconds: 300 },
      ...{ minimum: null, switchback_blocks: null, hold_out: 0, guards: [] },
    },
    ...of,
  };
}

/** One that helped, by 0.3 of the 0.5 that were to be expected. */
export function improvedEpisode(of: Partial<Episode> = {}): Partial<Episode> {
  return episode({
    ...{ outcome: 'applied', verdict: 'improved', verified_at: '2026-01-02T10:09:00Z' },
    verdict_text: 'It helped.',
    effect: {
      ...{ estimate: 0.3, low: 0.2, high: 0.4, relative: 0.6, cumulative: 270, observed: 0.2, counterfactual: 0.5 },
      ...{ minimum: 0.05, smallest_visible: 0.1, p: 0.03, method: 1 },
      ...{ comparable_moments: { count: 30, effective: 30, lowered: false }, switchback: null },
    },
    ...of,
  });
}
