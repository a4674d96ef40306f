import { FieldType, toDataFrame } from '@grafana/data';
import { isEpisodesFrame, readEpisodesFrame } from '../frames/episodes-frame';
import { episode, improvedEpisode } from '../testing/episodes';
import { instant, range, recorded, setOf, timeMs } from '../testing/recording';
import { increasesOf } from './counter';
import { readEnhancements } from './enhancements';

describe('readEnhancements', () => {
  it('sees an episode and what held rules back as steps of the recorded counters', () => {
    const model = readEnhancements(setOf(recorded('range')), [])!;
    expect(model.episodes.map(({ rule, verdict, reason }) => [rule, verdict, reason])).toEqual([
      ['high-cpu', 'nothing_to_do', 'nothing_to_do'],
      ['high-cpu', 'inconclusive', 'not_measured'],
    ]);
    expect(model.suppressions.length).toBeGreaterThan(0);
    expect(model.rules.map(({ rule }) => rule).sort()).toEqual([
      'high-cpu',
      'high-error-rate',
      'high-memory',
      'slow-api',
    ]);
    expect(model.rules[0]).toMatchObject({ rule: 'high-cpu', successRate: undefined, mainGuard: expect.any(String) });
  });

  it('shows what is under way, since when and how far, and the time that a judged episode took', () => {
    const model = readEnhancements(
      setOf([
        range('evenkeel_agent_rule_state', { rule: 'slow-api', state: 'settling' }, [0, 1, 1, 0, 0]),
        range('evenkeel_agent_rule_state', { rule: 'slow-api', state: 'executing' }, [0, 0, 0, 0, 1]),
        range('evenkeel_agent_episodes_total', { rule: 'slow-api', verdict: 'improved' }, [0, 0, 0, 1, 1]),
      ]),
      []
    )!;
    expect(model.episodes).toMatchObject([
      { verdict: 'open', reason: 'executing', startMs: timeMs(4), endMs: undefined },
      { verdict: 'improved', startMs: timeMs(1), endMs: timeMs(3) },
    ]);
  });

  it('does not call under way what was so when the samples of the agent ended', () => {
    const model = readEnhancements(
      setOf([
        range('evenkeel_agent_rule_state', { rule: 'slow-api', state: 'settling' }, [0, 1]),
        range('evenkeel:signal:value', { signal: 'cpu' }, [1, 1, 1, 1, 1, 1]),
      ]),
      []
    )!;
    expect(model.episodes).toEqual([]);
  });

  it('shows actions that ended without a verdict, such as those that failed', () => {
    const outcomes = { applied: [0, 1], failed: [0, 1], nothing_to_do: [0, 0] };
    const counters = Object.entries(outcomes).map(([outcome, values]) =>
      range('evenkeel_agent_actions_total', { rule: 'slow-api', outcome }, values)
    );
    expect(readEnhancements(setOf(counters), [])!.episodes).toMatchObject([{ verdict: 'failed', reason: 'failed' }]);
  });

  it('takes episodes with their effect from a table of them', () => {
    const frame = toDataFrame({
      fields: [
        { name: 'id', type: FieldType.string, values: ['e1', 'e2', 'e3'] },
        { name: 'rule', type: FieldType.string, values: ['slow-api', 'slow-api', 'high-cpu'] },
        { name: 'target', type: FieldType.other, values: [{ job: 'shop' }, { job: 'shop' }, null] },
        { name: 'decided_at', type: FieldType.string, values: ['2026-01-02T10:00:00Z', '2026-01-02T09:00:00Z', 'bad'] },
        { name: 'verdict', type: FieldType.string, values: ['improved', 'worsened', 'improved'] },
        { name: 'Effect estimate', type: FieldType.number, values: [0.31, -0.1, 1] },
        { name: 'effect.low', type: FieldType.number, values: [0.24, null, 1] },
        { name: 'effect_high', type: FieldType.number, values: [0.39, null, 1] },
        { name: 'expect.signal', type: FieldType.string, values: ['latency', 'latency', 'cpu'] },
      ],
    });
    expect(isEpisodesFrame(frame)).toBe(true);
    const info = instant('evenkeel:signal:info', { signal: 'latency', unit: 'seconds' }, 1);
    const model = readEnhancements(setOf([info]), readEpisodesFrame(frame))!;
    expect(model.episodes).toMatchObject([
      { key: 'e1', verdict: 'improved', target: 'job=shop', estimate: 0.31, interval: [0.24, 0.39], unit: 'seconds' },
      { key: 'e2', verdict: 'worsened', estimate: -0.1, interval: undefined },
    ]);
    expect(model.rules).toMatchObject([{ rule: 'slow-api', successRate: 0.5 }]);
  });

  it('takes episodes as the API gives them, objects within objects', () => {
    const [failed, open] = [
      episode({ outcome: 'failed', outcome_because: 'HTTP 503' }),
      episode({ outcome: 'applied' }),
    ];
    const frame = toDataFrame([failed, open, improvedEpisode()]);
    expect(readEnhancements(setOf([]), readEpisodesFrame(frame))!.episodes).toMatchObject([
      { verdict: 'failed', endMs: Date.parse('2026-01-02T10:01:00Z'), target: 'job=shop', reason: 'failed' },
      { verdict: 'open', endMs: undefined, estimate: undefined },
      {
        verdict: 'improved',
        endMs: Date.parse('2026-01-02T10:09:00Z'),
        estimate: 0.3,
        interval: [0.2, 0.4],
        signal: 'latency',
      },
    ]);
  });

  it('takes objects as JSON, which the Infinity data source makes of them', () => {
    const asTexts = Object.entries(improvedEpisode()).map(([name, value]) => ({
      name,
      type: FieldType.string,
      values: [typeof value === 'object' ? JSON.stringify(value) : value],
    }));
    const [read] = readEpisodesFrame(toDataFrame({ fields: asTexts }));
    expect(read).toMatchObject({
      ...{ target: 'job=shop', labels: { job: 'shop' }, signal: 'latency', low: 0.2 },
      measured: { observed: 0.2, counterfactual: 0.5, moments: 30, lowered: false },
    });
  });

  it('takes from a table of decisions only those not to act', () => {
    const frame = toDataFrame({
      fields: [
        { name: 'at', type: FieldType.string, values: ['2026-01-02T10:00:00Z', '2026-01-02T10:01:00Z'] },
        { name: 'rule', type: FieldType.string, values: ['slow-api', 'slow-api'] },
        { name: 'outcome', type: FieldType.string, values: ['pending', 'suppressed'] },
        { name: 'guard', type: FieldType.string, values: [null, 'cooldown'] },
        { name: 'because', type: FieldType.string, values: [null, 'rests until 10:05'] },
      ],
    });
    const model = readEnhancements(setOf([]), readEpisodesFrame(frame))!;
    expect(model.episodes).toEqual([]);
    expect(model.suppressions).toMatchObject([{ rule: 'slow-api', guard: 'cooldown', reason: 'rests until 10:05' }]);
  });

  it('is undefined when nobody asked, and empty when nothing was done', () => {
    expect(readEnhancements(setOf([]), [])).toBeUndefined();
    const idle = setOf([instant('evenkeel_agent_rule_state', { rule: 'slow-api', state: 'idle' }, 1)]);
    expect(readEnhancements(idle, [])).toMatchObject({ episodes: [], rules: [{ rule: 'slow-api' }] });
  });
});

describe('increasesOf', () => {
  const counter = (values: Array<number | null>) => ({ timesMs: values.map((_, index) => index), values }) as never;

  it('counts steps, and from zero again after a restart', () => {
    expect(increasesOf(counter([1, 1, 3, null, 4, 2]), false)).toEqual([
      { timeMs: 2, count: 2 },
      { timeMs: 4, count: 1 },
      { timeMs: 5, count: 2 },
    ]);
  });

  it('counts the first value of a counter that was not there before', () => {
    expect(increasesOf(counter([1, 1]), true)).toEqual([{ timeMs: 0, count: 1 }]);
  });
});
