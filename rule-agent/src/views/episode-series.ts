import { isMessage } from '../actions/index.ts';
import { type JournalReader, rowsOfEpisode } from '../journal/index.ts';
import type { Decided, JournalEvent } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import { pointMsFor } from '../model/recorded-points.ts';
import { watchedForMs } from '../model/switchback.ts';
import type { Range } from '../prometheus/range.ts';
import { type ReadRange, readPast, signalPastQuery } from '../verification/index.ts';
import { expectedLevel, type SeriesTimes, toMomentRows, toSeriesRows } from './series-rows.ts';
import { toTime } from './shapes.ts';

/** What is shown before an action and after its window, in windows. */
const WINDOWS_BEFORE = 2;
const WINDOWS_AFTER = 1;
/** More points than these nobody sees; a long window has them further apart. */
const MOST_POINTS = 600;

export type EpisodeSeries = Extract<
  Awaited<ReturnType<typeof reportEpisodeSeries>>,
  { kind: 'read' }
>['series'];

/** What there is to read with. */
export interface SeriesSources {
  read: ReadRange;
  nowMs: number;
}

/**
 * The signal of an episode as it can be drawn: read from Prometheus now, and what was to be expected as its verdict says.
 * `unknown`: there is no such episode. `unmeasured`: nothing was sent whose effect could be seen. `unreadable`: it may be there when it is
 * asked for again.
 */
export async function reportEpisodeSeries(
  journal: JournalReader,
  id: string,
  { read, nowMs }: SeriesSources,
) {
  const events = (await rowsOfEpisode(journal, id)).map(({ event }) => event);
  const decided = events.find((event) => event.kind === 'decided');
  if (decided === undefined) return { kind: 'unknown' as const };
  const times = timesOf(decided, events);
  if (typeof times === 'string') return { kind: 'unmeasured' as const, because: times };
  const judgement = events.findLast((event) => event.kind === 'verified')?.judgement;
  const { shown, range } = rangesOf({ decided, times, nowMs, moments: judgement?.moments?.at ?? [] });
  const { target, expect } = decided;
  const past = await readPast(read, { promql: signalPastQuery(expect.signal, target), target }, range);
  if (past.kind !== 'read') return { kind: 'unreadable' as const, because: past.because };
  const of = { episode: id, signal: past.series, times };
  return {
    kind: 'read' as const,
    series: {
      ...headOf(decided, times, judgement),
      step_seconds: past.series.pointMs / 1000,
      items: toSeriesRows(of, shown, expectedLevel(judgement, expect.direction)),
      comparable_moments: toMomentRows(of, judgement?.moments?.at ?? []),
    },
  };
}

function headOf(decided: Decided, times: SeriesTimes, judgement: Judgement | undefined) {
  const { episode, rule, target, expect } = decided;
  return {
    ...{ episode, rule, target, signal: expect.signal, direction: expect.direction },
    verdict: judgement?.verdict ?? null,
    sent_at: toTime(times.sentMs)!,
    window: { from: toTime(times.fromMs)!, to: toTime(times.toMs)! },
  };
}

/** Or why there are none. A switchback is measured over all of its blocks. */
function timesOf({ action, expect }: Decided, events: readonly JournalEvent[]): SeriesTimes | string {
  if (isMessage(action)) return 'a message moves no signal';
  if (expect.windowMs === 0) return 'the rule has no expect.window to measure over';
  const started = events.find((event) => event.kind === 'started');
  const finished = events.find((event) => event.kind === 'finished');
  if (started === undefined || finished?.outcome !== 'applied') return 'nothing was changed';
  const fromMs = finished.at + expect.settleMs;
  return { sentMs: started.at, fromMs, toMs: finished.at + watchedForMs(expect) };
}

interface Shown {
  decided: Decided;
  times: SeriesTimes;
  nowMs: number;
  moments: readonly number[];
}

/** What is shown, and what is read for it in one question: the past back to the first moment, too. */
function rangesOf({ decided, times, nowMs, moments }: Shown): {
  shown: { fromMs: number; toMs: number };
  range: Range;
} {
  const { windowMs } = decided.expect;
  const fromMs = times.sentMs - WINDOWS_BEFORE * windowMs;
  const toMs = Math.min(nowMs, times.toMs + WINDOWS_AFTER * windowMs);
  const pointMs = pointMsFor(windowMs);
  const stepMs = pointMs * Math.ceil((toMs - fromMs) / pointMs / MOST_POINTS);
  return { shown: { fromMs, toMs }, range: { fromMs: Math.min(fromMs, ...moments), toMs, stepMs } };
}
