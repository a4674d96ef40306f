import { toDataFrame } from '@grafana/data';
import { type Schema } from '@evenkeel/agent-api';
import { readEpisodesFrame } from '../frames/episodes-frame';
import { readAnswer } from '../frames/read-frames';
import { episode, improvedEpisode } from '../testing/episodes';
import { setOf } from '../testing/recording';
import { courseOf } from './course';
import { type Episode, readEnhancements } from './enhancements';

const atMs = (clock: string) => Date.parse(`2026-01-02T${clock}Z`);

/** `latency`, a sample a minute from nine to eleven, on targets of these labels. */
function latencyOf(...targets: Array<Record<string, string>>) {
  const values = Array.from({ length: 121 }, (_, minute): [number, string] => [
    atMs('09:00:00') / 1000 + 60 * minute,
    String(minute),
  ]);
  const set = setOf(
    targets.map((labels) => ({
      metric: { __name__: 'evenkeel:signal:value', signal: 'latency', unit: 'seconds', ...labels },
      values,
    }))
  );
  return { set, lines: [] };
}

function read(of: Partial<Schema<'Episode'>>): Episode {
  return readEnhancements(setOf([]), readEpisodesFrame(toDataFrame([of])))!.episodes[0]!;
}

describe('courseOf', () => {
  it('shows two windows before the action, and one after the window that was measured', () => {
    const course = courseOf(latencyOf({ job: 'shop' }), read(improvedEpisode()))!;
    expect(course).toMatchObject({
      ...{ fromMs: atMs('09:50:00'), sentMs: atMs('10:00:00'), toMs: atMs('10:12:00') },
      window: { fromMs: atMs('10:02:00'), toMs: atMs('10:07:00') },
    });
    expect([course.values[0], course.values.at(-1)]).toEqual([50, 72]);
    expect(course.timesMs).toHaveLength(23);
  });

  it('shows all blocks of a switchback', () => {
    const { expect: expectation } = improvedEpisode();
    const switchback = improvedEpisode({ expect: { ...expectation!, switchback_blocks: 6 } });
    expect(courseOf(latencyOf({ job: 'shop' }), read(switchback))).toMatchObject({
      window: { fromMs: atMs('10:02:00'), toMs: atMs('10:37:00') },
    });
  });

  it('takes the series of its own target', () => {
    const two = latencyOf({ job: 'shop', site: 'a' }, { job: 'till' });
    expect(courseOf(two, read(improvedEpisode()))!.values).toHaveLength(23);
    expect(courseOf(latencyOf({ job: 'till' }), read(improvedEpisode()))!.values).toEqual([]);
    expect(
      courseOf(latencyOf({ job: 'shop', site: 'a' }, { job: 'shop', site: 'b' }), read(improvedEpisode()))!.values
    ).toEqual([]);
  });

  it.each([
    ['lower', 0.2, 0.5],
    ['higher', 0.8, 0.5],
  ] as const)(
    'puts the interval of an effect about what was seen, where the signal should go %s',
    (direction, observed, counterfactual) => {
      const { effect, expect: expectation } = improvedEpisode();
      const shown = courseOf(
        latencyOf({ job: 'shop' }),
        read(
          improvedEpisode({ effect: { ...effect!, observed, counterfactual }, expect: { ...expectation!, direction } })
        )
      )!;
      const { band, ...means } = shown.level!;
      expect(means).toEqual({ observed, counterfactual });
      expect(band!.map((end) => Number(end.toFixed(6)))).toEqual([0.4, 0.6]);
    }
  );

  it('has no band where an end of the interval is not known, and no level before there is a verdict', () => {
    const { effect } = improvedEpisode();
    const open = read(episode({ outcome: 'applied' }));
    expect(courseOf(latencyOf({ job: 'shop' }), open)!.level).toBeUndefined();
    const oneSided = read(improvedEpisode({ effect: { ...effect!, high: null } }));
    expect(courseOf(latencyOf({ job: 'shop' }), oneSided)!.level!.band).toBeUndefined();
  });

  it('takes what the agent gives of the episode, before the series of the signal', () => {
    const row = { episode: 'eimproved', counterfactual: null, counterfactual_low: null, counterfactual_high: null };
    const items = [0.5, null, 0.2].map((observed, minute) => ({
      ...row,
      at: `2026-01-02T10:0${minute}:00Z`,
      observed,
    }));
    const moments = ['2026-01-01T03:00:00Z', '2026-01-01T07:00:00Z'].flatMap((moment) =>
      [0.5, 0.4].map((value, minute) => ({ episode: 'eimproved', moment, at: `2026-01-02T10:0${minute}:00Z`, value }))
    );
    const other = { ...items[0]!, episode: 'another' };
    const { lines } = readAnswer([toDataFrame(items), toDataFrame(moments), toDataFrame([other])], {
      ...{ queries: [], atMs: 0 },
    });
    const course = courseOf({ ...latencyOf({ job: 'shop' }), lines }, read(improvedEpisode()))!;
    expect(course.values).toEqual([0.5, null, 0.2]);
    expect(course.timesMs[0]).toBe(atMs('10:00:00'));
    expect(course.moments.map(({ values }) => values)).toEqual([
      [0.5, 0.4],
      [0.5, 0.4],
    ]);
  });

  it('is undefined for what was never sent, and for what no table of episodes gave', () => {
    expect(
      courseOf(latencyOf({ job: 'shop' }), read(episode({ started_at: null, outcome: 'failed' })))
    ).toBeUndefined();
    expect(courseOf(latencyOf({ job: 'shop' }), { ...read(improvedEpisode()), row: undefined })).toBeUndefined();
  });
});
