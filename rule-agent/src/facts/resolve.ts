import type { Fact, Scrape, SignalSample } from '../model/fact.ts';
import { LabelIndex } from '../model/label-index.ts';
import { coversLabels, type Labels, pickLabels, type Target, targetKey } from '../model/target.ts';
import type { NamedTarget, TargetNames } from './target-names.ts';

/** What the series of a fact are judged by. */
export interface Evidence {
  scrapes: ScrapeStates;
  evaluatedAtMs: number;
  maxAgeMs: number;
  /** The scrape that the fact depends on, where the labels of its target do not say so. */
  source?: Labels | undefined;
}

/** The labels by which Prometheus itself knows what it scrapes. */
const SCRAPE_LABELS = ['job', 'instance'];

/** One fact from the series of one target: exactly one, finite, recent, from a scrape that succeeds. */
export function resolveFact(samples: readonly SignalSample[], evidence: Evidence, target: Target): Fact {
  const [sample] = samples;
  if (sample === undefined) return { status: 'missing', because: 'there is no such series' };
  if (samples.length > 1) {
    return { status: 'error', because: `${samples.length} series where one was expected` };
  }
  const { value, sampledAtMs } = sample;
  if (typeof value !== 'number') {
    return { status: 'missing', because: `the value is ${value}`, sampledAtMs };
  }
  const because = staleness(sampledAtMs, evidence) ?? evidence.scrapes.whyDead(target, evidence.source);
  return because === undefined
    ? { status: 'ok', value, sampledAtMs }
    : { status: 'stale', because, sampledAtMs };
}

function staleness(sampledAtMs: number, { evaluatedAtMs, maxAgeMs }: Evidence): string | undefined {
  if (evaluatedAtMs - sampledAtMs > maxAgeMs) return 'nothing new was recorded';
  return sampledAtMs - evaluatedAtMs > maxAgeMs ? 'recorded in the future: clocks differ' : undefined;
}

/** Which sources answer, at one moment. What was found is kept: every rule asks about the same ones. */
export class ScrapeStates {
  readonly #scrapes: LabelIndex<Scrape>;
  readonly #found = new Map<Labels, string | undefined>();

  constructor(scrapes = new LabelIndex<Scrape>()) {
    this.#scrapes = scrapes;
  }

  /** Why what a target is measured by does not count; undefined when it does, or when nothing is known of its scrapes. */
  whyDead(target: Target, source: Labels | undefined): string | undefined {
    const labels = source ?? target;
    if (!this.#found.has(labels)) this.#found.set(labels, this.#look(source ?? scrapeLabels(target)));
    return this.#found.get(labels);
  }

  /** A source is dead when Prometheus scrapes it, and none of its instances answers. */
  #look(source: Labels | undefined): string | undefined {
    if (source === undefined) return undefined;
    const concerned = this.#scrapes.covering(source);
    if (concerned.length === 0 || concerned.some(({ up }) => up)) return undefined;
    return `no scrape of ${targetKey(source)} succeeds`;
  }
}

function scrapeLabels(target: Target): Labels | undefined {
  const names = SCRAPE_LABELS.filter((name) => name in target);
  return names.length === 0 ? undefined : pickLabels(target, names);
}

export interface TargetGroup extends NamedTarget {
  samples: SignalSample[];
}

/** Series by the name of their target, for the targets that carry all of `by` and fit `match`. */
export function groupByTarget(
  samples: readonly SignalSample[],
  { by, match }: { by: readonly string[]; match: Labels },
  names: TargetNames,
): Map<string, TargetGroup> {
  const groups = new Map<string, TargetGroup>();
  for (const sample of samples) {
    if (!coversLabels(sample.labels, match)) continue;
    const named = names.of(sample.labels, by);
    if (named === undefined) continue;
    const group = groups.get(named.targetKey);
    if (group === undefined) groups.set(named.targetKey, { ...named, samples: [sample] });
    else group.samples.push(sample);
  }
  return groups;
}
