import { record, type RecordingRule } from './rules.ts';
import {
  ALL_POINTS,
  CRITICAL_CAP,
  CRITICAL_POINTS,
  LEAST_COVERAGE,
  MEAN_POINTS,
  POOR_UTILITY,
} from './score.ts';
import { SIGNAL_LEVEL, SIGNAL_VALUE, type Signal, type Timing } from './signal.ts';
import { isScored, type ScoredSignal, utilityQuery } from './signal-utility.ts';

/** Weight of each domain in the total. */
export type DomainWeights = Readonly<Partial<Record<string, number>>>;

// The worst target of a signal speaks for it; the label sets are then the same in all that follows.
const SIGNAL = 'evenkeel:score:signal';
const WEIGHT = 'evenkeel:score:weight';
const CRITICAL = 'evenkeel:score:critical';
const BOUNDED = 'evenkeel:score:signal_bound';
const BY_SIGNAL = 'on (signal, domain)';
const KNOWN_WEIGHT = `sum by (domain) (${WEIGHT} and ${BY_SIGNAL} ${SIGNAL})`;
const WORST_CRITICAL = `min by (domain) (${SIGNAL} and ${BY_SIGNAL} ${CRITICAL})`;
const WORST_BOUND = `min by (domain, bound) (${BOUNDED} and ${BY_SIGNAL} ${CRITICAL})`;

/** The rule that smooths every signal, as long as it has a value. */
export function levelRule({ window }: Timing): RecordingRule {
  return record(SIGNAL_LEVEL, `avg_over_time(${SIGNAL_VALUE}[${window}]) and ${SIGNAL_VALUE}`);
}

/**
 * The rules that turn levels into scores: the same formulas as in score.ts, in the order in which they build on each
 * other. They belong into one group.
 */
export function scoreRules(signals: readonly Signal[], domainWeights: DomainWeights): RecordingRule[] {
  const scored = signals.filter(isScored);
  const domains = [...new Set(scored.map(({ domain }) => domain))];
  return [
    ...scored.map(utilityRule),
    record(SIGNAL, 'min by (signal, domain) (evenkeel:score:utility)'),
    ...scored.flatMap(constantRules),
    record('evenkeel:score:coverage', coverage()),
    ...domains.map((domain) => lossRule(domain, meanPoints(scored, domain))),
    record('evenkeel:score:critical_loss', `${CRITICAL_POINTS} * (1 - ${WORST_CRITICAL})`),
    record(
      'evenkeel:score:uncapped',
      withoutCritical(`${ALL_POINTS} - sum by (domain) (evenkeel:score:loss)`),
    ),
    record('evenkeel:score:domain', `(${capped()}) and on (domain) (${enoughIsKnown()})`),
    record('evenkeel:score:cap_loss', 'evenkeel:score:uncapped - on (domain) evenkeel:score:domain'),
    record(BOUNDED, `${SIGNAL} or ${BY_SIGNAL} ${WEIGHT} * 0`, { bound: 'low' }),
    record(BOUNDED, `${SIGNAL} or ${BY_SIGNAL} ${WEIGHT} * 0 + 1`, { bound: 'high' }),
    ...domains.map((domain) => boundRule(domain, meanPoints(scored, domain))),
    ...totalRules(domains, domainWeights),
  ];
}

function utilityRule(signal: ScoredSignal): RecordingRule {
  return record('evenkeel:score:utility', utilityQuery(signal), { signal: signal.name, unit: 'ratio' });
}

function constantRules({ name, domain, score }: ScoredSignal): RecordingRule[] {
  const labels = { signal: name, domain };
  const weight = record(WEIGHT, `vector(${score.weight})`, labels);
  return score.critical === true ? [weight, record(CRITICAL, 'vector(1)', labels)] : [weight];
}

function coverage(): string {
  const all = `sum by (domain) (${WEIGHT})`;
  return `(${KNOWN_WEIGHT} or ${all} * 0) / ${all}`;
}

/** Where a domain has no critical signal, the mean has all the points. */
function meanPoints(scored: readonly ScoredSignal[], domain: string): number {
  const critical = scored.some((signal) => signal.domain === domain && signal.score.critical === true);
  return critical ? MEAN_POINTS : ALL_POINTS;
}

function lossRule(domain: string, points: number): RecordingRule {
  const lost = `${WEIGHT}{domain="${domain}"} * ${BY_SIGNAL} (1 - ${SIGNAL})`;
  const expr = `${points} * (${lost}) / on (domain) group_left () ${KNOWN_WEIGHT}`;
  return record('evenkeel:score:loss', expr, { domain });
}

/** Takes the critical loss off; a domain without critical signals has none. */
function withoutCritical(points: string): string {
  return `${points} - on (domain) evenkeel:score:critical_loss or ${points}`;
}

function capped(): string {
  const sick = `${WORST_CRITICAL} < ${POOR_UTILITY}`;
  return `(clamp_max(evenkeel:score:uncapped, ${CRITICAL_CAP}) and on (domain) (${sick})) or evenkeel:score:uncapped`;
}

function enoughIsKnown(): string {
  const criticalMissing = `${CRITICAL} unless ${BY_SIGNAL} ${SIGNAL}`;
  return `evenkeel:score:coverage >= ${LEAST_COVERAGE} unless on (domain) (${criticalMissing})`;
}

/** The score that a domain would have with everything missing at its worst, and at its best. */
function boundRule(domain: string, points: number): RecordingRule {
  const weight = `${WEIGHT}{domain="${domain}"}`;
  const utilities = `sum by (domain, bound) (${BOUNDED} * ${BY_SIGNAL} group_left () ${weight})`;
  const mean = `${points} * ${utilities} / on (domain) group_left () sum by (domain) (${weight})`;
  if (points === ALL_POINTS) return record('evenkeel:score:bound', mean, { domain });
  const uncapped = `${mean} + ${CRITICAL_POINTS} * ${WORST_BOUND}`;
  const sick = `${WORST_BOUND} < ${POOR_UTILITY}`;
  const expr = `(clamp_max(${uncapped}, ${CRITICAL_CAP}) and (${sick})) or (${uncapped})`;
  return record('evenkeel:score:bound', expr, { domain });
}

function totalRules(domains: readonly string[], weights: DomainWeights): RecordingRule[] {
  const constants = domains.map((domain) =>
    record('evenkeel:score:domain_weight', `vector(${weights[domain] ?? 1})`, { domain }),
  );
  const known = 'sum(evenkeel:score:domain_weight and on (domain) evenkeel:score:domain)';
  const all = 'sum(evenkeel:score:domain_weight)';
  const points = 'sum(evenkeel:score:domain * on (domain) evenkeel:score:domain_weight)';
  return [
    ...constants,
    record('evenkeel:score:total', `${points} / ${known} and ${known} / ${all} >= ${LEAST_COVERAGE}`),
  ];
}
