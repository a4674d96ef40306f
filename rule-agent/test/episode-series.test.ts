import type { Schema } from '@evenkeel/agent-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { T0 } from './build.ts';
import { actAndMeasure, incidents, measuredRule, MINUTE_MS } from './incidents.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = new AgentHarness();
  harness.rules = [measuredRule()];
  await harness.start();
});

afterEach(() => harness.stop());

async function seriesOf(id: string) {
  const { status, body } = await harness.get(`/api/v1/episodes/${id}/series`, TOKENS.viewer);
  expect(status).toBe(200);
  return body as Schema<'EpisodeSeries'>;
}

describe('the series of an episode', () => {
  it('are the signal, what its verdict says was to be expected, and what followed the moments it was compared with', async () => {
    harness.prometheus.past = incidents(21, 2);
    const { id, effect } = await actAndMeasure(harness);
    const { items, comparable_moments: moments, ...head } = await seriesOf(id);
    expect(head).toMatchObject({
      ...{
        episode: id,
        signal: 'api_latency_p95_seconds',
        direction: 'lower',
        verdict: 'improved',
        step_seconds: 60,
      },
      window: { from: '2026-11-23T12:01:06.000Z', to: '2026-11-23T12:16:06.000Z' },
    });
    expect(items[0]!.at).toBe('2026-11-23T11:31:00.000Z');
    expect(items.at(-1)!.at).toBe(
      new Date(Math.floor(harness.clock.now() / MINUTE_MS) * MINUTE_MS).toISOString(),
    );
    const measured = items.filter(({ counterfactual }) => counterfactual !== null);
    expect(measured).toHaveLength(15);
    const { observed, low, high, counterfactual } = effect!;
    expect(measured.reduce((sum, row) => sum + row.observed! / 15, 0)).toBeCloseTo(observed, 9);
    expect(measured[0]).toMatchObject({
      ...{ counterfactual, counterfactual_low: observed + low!, counterfactual_high: observed + high! },
    });
    const compared = Map.groupBy(moments, ({ moment }) => moment);
    expect(compared.size).toBe(40);
    const start = items.find(({ at }) => at === '2026-11-23T12:00:00.000Z')!.observed;
    for (const rows of compared.values()) {
      expect(rows).toHaveLength(17);
      expect(rows[0]).toMatchObject({ at: '2026-11-23T12:00:00.000Z', value: start });
      expect(Date.parse(rows[0]!.moment)).toBeLessThan(T0);
    }
  });

  it('end now while there is no verdict yet', async () => {
    harness.prometheus.past = incidents(21, 2);
    await harness.cycles(3);
    for (let minute = 0; minute < 5; minute++) await harness.cycle(MINUTE_MS);
    const series = await seriesOf((await harness.items('episodes'))[0].id as string);
    expect(series).toMatchObject({ verdict: null, comparable_moments: [] });
    expect(series.items.at(-1)).toMatchObject({ at: '2026-11-23T12:05:00.000Z', counterfactual: null });
  });

  it('are read once by all who ask within 15 s', async () => {
    harness.prometheus.past = incidents(21, 2);
    const { id } = await actAndMeasure(harness);
    await Promise.all([seriesOf(id), seriesOf(id)]);
    harness.prometheus.refuseRanges = true;
    await seriesOf(id);
    await harness.clock.advance(15_000);
    const { status, body } = await harness.get(`/api/v1/episodes/${id}/series`, TOKENS.viewer);
    expect({ status, ...body }).toMatchObject({
      ...{ status: 503, code: 'SERIES_UNREADABLE', detail: expect.stringContaining('query timed out') },
    });
  });

  it('of what has none are a 404 that says why', async () => {
    expect((await harness.get('/api/v1/episodes/none/series', TOKENS.viewer)).body).toMatchObject({
      ...{ status: 404, code: 'NOT_FOUND' },
    });
    harness.rules = [{ ...measuredRule(), expect: { ...measuredRule().expect, windowMs: 0 } }];
    await harness.agent.reload();
    await harness.cycles(3);
    const { id } = (await harness.items('episodes'))[0] as { id: string };
    expect((await harness.get(`/api/v1/episodes/${id}/series`, TOKENS.viewer)).body).toMatchObject({
      ...{ status: 404, code: 'NOT_MEASURED', detail: expect.stringContaining('expect.window') },
    });
  });
});
