import { type AgentMetricLabels } from '@evenkeel/agent-api';
import { type Labels } from '@grafana/data';
import { type EpisodeRow, METRIC, type Metric, type Sample, type SeriesSet } from '../frames';
import { increasesOf } from './counter';
import { type Run, readRuns } from './runs';
import { type SignalBook, signalBook } from './signals';
import { judgementOf, type Verdict } from './verdict';

/** One firing of a rule on a target, from decision to verdict. Read from metrics, its times are exact to one step of theirs. */
export interface Episode {
  key: string;
  rule: string;
  target: string | undefined;
  startMs: number;
  endMs: number | undefined;
  verdict: Verdict;
  reason: string | undefined;
  /** Benefit-signed, in `unit`, with its interval. */
  estimate: number | undefined;
  interval: readonly [number, number] | undefined;
  unit: string | undefined;
  signal: string | undefined;
  row: EpisodeRow | undefined;
}

/** A decision not to act, and the guard that objected. */
export interface Suppression {
  key: string;
  rule: string;
  target: string | undefined;
  timeMs: number;
  guard: string;
  reason: string | undefined;
  count: number;
}

/** How a rule did, over the range that is shown. */
export interface RuleScore {
  rule: string;
  verdicts: Readonly<Record<Verdict, number>>;
  suppressed: number;
  /** What most often held it back. */
  mainGuard: string | undefined;
  /** Of the episodes with a verdict of their own (inconclusive ones have none): the share that improved. */
  successRate: number | undefined;
}

export interface EnhancementModel {
  /** The latest first. */
  episodes: Episode[];
  suppressions: Suppression[];
  rules: RuleScore[];
}

/** What the agent did, from its episodes where a query gives them, else from its counters. Undefined: nobody asked. */
export function readEnhancements(set: SeriesSet, rows: readonly EpisodeRow[]): EnhancementModel | undefined {
  const sources = [METRIC.episodes, METRIC.suppressions, METRIC.actions, METRIC.ruleState];
  if (rows.length === 0 && !sources.some((metric) => set.isAsked(metric))) {
    return undefined;
  }
  const signals = signalBook(set);
  const ofRows = rows.filter(({ guard }) => guard === undefined).map((row) => episodeOf(row, signals));
  const heldRows = rows.filter(({ guard }) => guard !== undefined).map(suppressionOf);
  const episodes = (ofRows.length > 0 ? ofRows : countedEpisodes(set)).sort((a, b) => b.startMs - a.startMs);
  const suppressions = (heldRows.length > 0 ? heldRows : countedSuppressions(set)).sort((a, b) => b.timeMs - a.timeMs);
  return { episodes, suppressions, rules: scoreboard({ episodes, suppressions, known: knownRules(set) }) };
}

function episodeOf(row: EpisodeRow, signals: SignalBook): Episode {
  const { rule, target, startMs, endMs, estimate, low, high, signal } = row;
  const unit = signal === undefined ? undefined : signals(signal).unit;
  const { verdict, reason } = judgementOf(row.verdict, row.outcome);
  return {
    key: row.id ?? `${rule}/${target ?? ''}/${startMs}`,
    ...{ rule, target, startMs, endMs, verdict, reason: reason ?? row.reason, estimate, unit, signal, row },
    interval: low === undefined || high === undefined ? undefined : [low, high],
  };
}

function suppressionOf({ rule, target, startMs, guard = '', reason }: EpisodeRow): Suppression {
  return { key: `${rule}/${target ?? ''}/${guard}/${startMs}`, rule, target, timeMs: startMs, guard, reason, count: 1 };
}

/** Verdicts, actions that came to an end without one, and what is under way. */
function countedEpisodes(set: SeriesSet): Episode[] {
  const runs = readRuns(set);
  const verdicts = counted(set, METRIC.episodes).map((step) => countedEpisode(step, runs));
  const failures = counted(set, METRIC.actions)
    .map((step) => countedEpisode(step, runs))
    .filter(({ verdict }) => verdict !== 'open');
  const underWay = runs.filter(({ endMs }) => endMs === undefined).map(openEpisode);
  return [...verdicts, ...failures, ...underWay];
}

function countedEpisode({ labels, sample }: CounterIncrease, runs: readonly Run[]): Episode {
  const { rule = '', verdict: word, outcome }: AgentMetricLabels<'episodes'> & AgentMetricLabels<'actions'> = labels;
  const run = runs.find((each) => each.rule === rule && each.startMs < sample.timeMs && each.endMs === sample.timeMs);
  return {
    ...NOT_MEASURED,
    key: `${rule}/${word ?? outcome ?? ''}/${sample.timeMs}`,
    ...{ rule, startMs: run?.startMs ?? sample.timeMs, endMs: sample.timeMs },
    ...judgementOf(word, outcome),
  };
}

function openEpisode({ rule, startMs, state }: Run): Episode {
  const key = `${rule}/open/${startMs}`;
  return { ...NOT_MEASURED, key, rule, startMs, endMs: undefined, verdict: 'open', reason: state };
}

const NOT_MEASURED = {
  ...{ target: undefined, estimate: undefined, interval: undefined, unit: undefined, signal: undefined },
  row: undefined,
};

function countedSuppressions(set: SeriesSet): Suppression[] {
  return counted(set, METRIC.suppressions).map(({ labels, sample: { timeMs, value: count } }) => {
    const { rule = '', guard = '' }: AgentMetricLabels<'suppressions'> = labels;
    return { key: `${rule}/${guard}/${timeMs}`, rule, target: undefined, timeMs, guard, reason: undefined, count };
  });
}

interface CounterIncrease {
  labels: Labels;
  sample: Sample;
}

/** Each step of each counter. A counter that appears later than the first of all series has been born within the range. */
function counted(set: SeriesSet, metric: Metric): CounterIncrease[] {
  const series = set.of(metric);
  const beginMs = Math.min(...rangeStarts(set, metric));
  return series.flatMap((each) => {
    const beginsWithin = each.timesMs.length > 1 && each.timesMs[0]! > beginMs;
    return increasesOf(each, beginsWithin).map(({ timeMs, count }) => ({
      labels: each.labels,
      sample: { timeMs, value: count },
    }));
  });
}

function rangeStarts(set: SeriesSet, metric: Metric): number[] {
  return [metric, METRIC.actions, METRIC.ruleState, METRIC.signalValue].flatMap((each) =>
    set.of(each).flatMap(({ timesMs }) => timesMs[0] ?? [])
  );
}

function knownRules(set: SeriesSet): string[] {
  return [METRIC.ruleState, METRIC.actions].flatMap((metric) =>
    set.of(metric).flatMap(({ labels }) => labels.rule ?? [])
  );
}

interface Deeds {
  episodes: readonly Episode[];
  suppressions: readonly Suppression[];
  known: readonly string[];
}

/** Rules that did harm first, then those that did most. */
function scoreboard({ episodes, suppressions, known }: Deeds): RuleScore[] {
  const names = new Set([...known, ...episodes.map(({ rule }) => rule), ...suppressions.map(({ rule }) => rule)]);
  return [...names]
    .map((rule) =>
      scoreOfRule(rule, {
        episodes: episodes.filter((episode) => episode.rule === rule),
        suppressions: suppressions.filter((suppression) => suppression.rule === rule),
      })
    )
    .sort((a, b) => b.verdicts.worsened - a.verdicts.worsened || total(b) - total(a) || a.rule.localeCompare(b.rule));
}

function scoreOfRule(rule: string, { episodes, suppressions }: Omit<Deeds, 'known'>): RuleScore {
  const count = (verdict: Verdict) => episodes.filter((episode) => episode.verdict === verdict).length;
  const verdicts = {
    ...{ improved: count('improved'), worsened: count('worsened'), no_effect: count('no_effect') },
    ...{ inconclusive: count('inconclusive'), failed: count('failed'), nothing_to_do: count('nothing_to_do') },
    open: count('open'),
  };
  const judged = verdicts.improved + verdicts.worsened + verdicts.no_effect;
  return {
    ...{ rule, verdicts },
    suppressed: suppressions.reduce((sum, { count: times }) => sum + times, 0),
    mainGuard: mostOften(suppressions),
    successRate: judged === 0 ? undefined : verdicts.improved / judged,
  };
}

function mostOften(suppressions: readonly Suppression[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { guard, count } of suppressions) {
    counts.set(guard, (counts.get(guard) ?? 0) + count);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function total({ verdicts }: RuleScore): number {
  return Object.values(verdicts).reduce((sum, count) => sum + count, 0);
}
