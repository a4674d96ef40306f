import { METRIC, type Metric, type Series, type SeriesSet } from '../frames';
import { signalKey } from './signal-key';
import { type WhatIf } from './what-if';

/** Something that costs points; all of them together are what is missing to 100. */
export interface Loss {
  key: string;
  /** A signal; the worst critical signal once more; the cap of a domain that has a sick critical signal. */
  kind: 'signal' | 'critical' | 'cap';
  domain: string;
  /** For `critical` and `cap`: the worst critical signal, where it is known. */
  signal: string | undefined;
  points: number;
  whatIf: WhatIf | undefined;
  series: Series;
}

export interface LossContext {
  /** Share of each domain in the total; without it, points are those of the domain. */
  shares: ReadonlyMap<string, number> | undefined;
  /** By domain and signal: what an improvement would give back, in points of the domain. */
  gains: ReadonlyMap<string, WhatIf>;
}

const KINDS: ReadonlyArray<[Metric, Loss['kind']]> = [
  [METRIC.scoreLoss, 'signal'],
  [METRIC.scoreCriticalLoss, 'critical'],
  [METRIC.scoreCapLoss, 'cap'],
];

/** What costs most first. A domain without a score of its own has no losses: what it costs cannot be said. */
export function lossesOf(set: SeriesSet, context: LossContext): Loss[] {
  const scored = scoredDomains(set);
  return KINDS.flatMap(([metric, kind]) => set.of(metric).flatMap((series) => lossOf(set, { series, kind, context })))
    .filter(({ domain }) => (context.shares === undefined ? scored.has(domain) : context.shares.has(domain)))
    .sort((a, b) => b.points - a.points || a.key.localeCompare(b.key));
}

interface LossSource {
  series: Series;
  kind: Loss['kind'];
  context: LossContext;
}

function lossOf(set: SeriesSet, { series, kind, context: { shares, gains } }: LossSource): Loss[] {
  const { labels } = series;
  const lost = set.current(series)?.value;
  const domain = labels.domain;
  if (lost === undefined || domain === undefined) {
    return [];
  }
  const share = shares?.get(domain) ?? 1;
  const signal = kind === 'signal' ? labels.signal : worstCritical(set, domain);
  const whatIf = kind === 'signal' ? gains.get(signalKey(labels)) : undefined;
  return [
    {
      key: `${kind}/${domain}/${signal ?? ''}`,
      ...{ kind, domain, signal, series },
      points: lost * share,
      whatIf: whatIf && { ...whatIf, points: whatIf.points * share },
    },
  ];
}

function scoredDomains(set: SeriesSet): ReadonlySet<string | undefined> {
  const current = set.of(METRIC.scoreDomain).filter((series) => set.current(series) !== undefined);
  return new Set(current.map(({ labels }) => labels.domain));
}

function worstCritical(set: SeriesSet, domain: string): string | undefined {
  const critical = new Set(set.of(METRIC.scoreCritical).map(({ labels }) => signalKey(labels)));
  const utilities = set
    .of(METRIC.scoreSignal)
    .filter(({ labels }) => labels.domain === domain && critical.has(signalKey(labels)))
    .flatMap((series) => {
      const utility = set.current(series)?.value;
      return utility === undefined ? [] : [{ signal: series.labels.signal, utility }];
    });
  return utilities.sort((a, b) => a.utility - b.utility)[0]?.signal;
}
