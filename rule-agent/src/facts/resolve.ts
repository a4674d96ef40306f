import type { Fact, Scrape, SignalSample } from '../model/fact.ts';
import type { LabelIndex } from '../model/label-index.ts';
import { coversLabels, type Labels, pickLabels, type Target, targetKey } from '../model/target.ts';
import type { NamedTarget, TargetNames } from './target-names.ts';

/** The series that could be a fact, and what they are judged by. */
export interface Evidence {
  samples: readonly SignalSample[];
  scrapes: LabelIndex<Scrape>;
  evaluatedAtMs: number;
  maxAgeMs: number;
}

/** The labels by which Prometheus itself knows what it scrapes. */
const SCRAPE_LABELS = ['job', 'instance'];

/** One fact from the series of one target: exactly one, finite, recent, from a scrape that succeeds. */
export function resolveFact(evidence: Evidence, target: Target, source?: Labels): Fact {
  const [sample, ...others] = evidence.samples;
  if (sample === undefined) return { status: 'missing', because: 'there is no such series' };
  if (others.length > 0) {
    return { status: 'error', because: `${others.length + 1} series where one was expected` };
  }
  if (typeof sample.value !== 'number') {
    return { status: 'missing', because: `the value is ${sample.value}`, sampledAtMs: sample.sampledAtMs };
  }
  if (evidence.evaluatedAtMs - sample.sampledAtMs > evidence.maxAgeMs) {
    return { status: 'stale', because: 'nothing new was recorded', sampledAtMs: sample.sampledAtMs };
  }
  if (sample.sampledAtMs - evidence.evaluatedAtMs > evidence.maxAgeMs) {
    return {
      status: 'stale',
      because: 'recorded in the future: clocks differ',
      sampledAtMs: sample.sampledAtMs,
    };
  }
  const dead = deadSource(evidence.scrapes, source ?? scrapeLabels(target));
  if (dead !== undefined) return { status: 'stale', because: dead, sampledAtMs: sample.sampledAtMs };
  return { status: 'ok', value: sample.value, sampledAtMs: sample.sampledAtMs };
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

function scrapeLabels(target: Target): Labels | undefined {
  const names = SCRAPE_LABELS.filter((name) => name in target);
  return names.length === 0 ? undefined : pickLabels(target, names);
}

/** A source is dead when Prometheus scrapes it, and none of its instances answers. */
function deadSource(scrapes: LabelIndex<Scrape>, source: Labels | undefined): string | undefined {
  if (source === undefined) return undefined;
  const concerned = scrapes.covering(source);
  if (concerned.length === 0 || concerned.some(({ up }) => up)) return undefined;
  return `no scrape of ${targetKey(source)} succeeds`;
}
