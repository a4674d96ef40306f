import { type Component, scoreDomain, utilityOfHigherRatio, utilityOfLower } from '@evenkeel/signals';
import { METRIC, type Series, type SeriesSet } from '../frames';
import { signalKey } from './signal-key';

/** What would come back if a signal were as good as its anchor `good` asks. */
export interface WhatIf {
  /** The value now, of the worst target. */
  from: number;
  to: number;
  points: number;
  /** Where `from` comes from, for its unit. */
  series: Series;
}

/** Less than this is no news. */
const LEAST_POINTS = 0.05;

/** For each scored signal that is worse than its good anchor: the points of its domain that reaching it would give back. */
export function whatIfs(set: SeriesSet): ReadonlyMap<string, WhatIf> {
  const domains = componentsByDomain(set);
  const found = new Map<string, WhatIf>();
  for (const series of set.of(METRIC.scoreAnchor)) {
    const { signal, domain, anchor } = series.labels;
    const good = set.current(series)?.value;
    if (anchor === 'good' && good !== undefined && signal !== undefined && domain !== undefined) {
      const gain = gainOf({ set, series, good }, domains.get(domain) ?? []);
      if (gain !== undefined && gain.points >= LEAST_POINTS) {
        found.set(signalKey(series.labels), gain);
      }
    }
  }
  return found;
}

interface Target {
  set: SeriesSet;
  series: Series;
  good: number;
}

function gainOf({ set, series, good }: Target, components: readonly Component[]): WhatIf | undefined {
  const { signal, direction } = series.labels;
  const poor = set.of(METRIC.scoreAnchor).find(({ labels }) => labels.signal === signal && labels.anchor === 'poor');
  const poorValue = poor && set.current(poor)?.value;
  const level = worstLevel(set, series);
  const now = scoreOf(components);
  if (poorValue === undefined || level === undefined || now === undefined || direction === 'band') {
    return undefined;
  }
  const utilityOf = direction === 'higher' ? utilityOfHigherRatio : utilityOfLower;
  const utility = utilityOf(good, { good, poor: poorValue });
  const then = scoreOf(
    components.map((each) => (each.name === signal && (each.utility ?? 1) < utility ? { ...each, utility } : each))
  );
  return then === undefined ? undefined : { from: level.value, to: good, points: then - now, series: level.series };
}

function scoreOf(components: readonly Component[]): number | undefined {
  if (components.length === 0) {
    return undefined;
  }
  const scored = scoreDomain(components);
  return scored.status === 'scored' ? scored.score : undefined;
}

/** The level of the target that speaks for the signal: the worst. */
function worstLevel(set: SeriesSet, { labels }: Series): { value: number; series: Series } | undefined {
  const levels = [METRIC.signalLevel, METRIC.signalValue]
    .map((metric) => set.of(metric).filter((series) => series.labels.signal === labels.signal))
    .find((series) => series.length > 0);
  const known = (levels ?? []).flatMap((series) => {
    const value = set.current(series)?.value;
    return value === undefined ? [] : [{ value, series }];
  });
  const worse = labels.direction === 'higher' ? 1 : -1;
  return known.sort((a, b) => worse * (a.value - b.value))[0];
}

function componentsByDomain(set: SeriesSet): ReadonlyMap<string, Component[]> {
  const utilities = new Map(
    set.of(METRIC.scoreSignal).map((series) => [signalKey(series.labels), set.current(series)?.value])
  );
  const critical = new Set(set.of(METRIC.scoreCritical).map(({ labels }) => signalKey(labels)));
  const domains = new Map<string, Component[]>();
  for (const series of set.of(METRIC.scoreWeight)) {
    const { signal, domain } = series.labels;
    const weight = set.current(series)?.value;
    if (signal !== undefined && domain !== undefined && weight !== undefined && weight > 0) {
      const key = signalKey(series.labels);
      const component = { name: signal, utility: utilities.get(key), weight, critical: critical.has(key) };
      domains.set(domain, [...(domains.get(domain) ?? []), component]);
    }
  }
  return domains;
}
