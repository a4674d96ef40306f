/** Two anchors of a signal: the value that scores 0.90, and the one that scores 0.50. */
export interface Anchors {
  good: number;
  poor: number;
}

/** Anchors of a signal that is best between two values: the range that scores 0.90 or more, and 0.50 or more. */
export interface BandAnchors {
  good: readonly [number, number];
  poor: readonly [number, number];
}

/** One signal's part in the score of its domain. */
export interface Component {
  name: string;
  /** 0 to 1; missing when there is no value to score. */
  utility: number | undefined;
  weight: number;
  /** A domain is never better than its worst critical signal allows. */
  critical: boolean;
}

/** What costs a domain its points; the parts add up to 100 - score. */
export interface Losses {
  /** Points by signal. */
  components: Readonly<Record<string, number>>;
  /** Points for the worst critical signal. */
  critical: number;
  /** Points because a critical signal is below 0.5, whatever the others say. */
  cap: number;
}

export type DomainScore =
  | { status: 'scored'; score: number; losses: Losses; coverage: number }
  /** Too little is known: between the score with everything missing at 0 and at 1. */
  | { status: 'withheld'; interval: readonly [number, number]; coverage: number };

export const POOR_UTILITY = 0.5;
/** Points of the weighted mean, and of the worst critical signal; a domain without critical signals has all for its mean. */
export const MEAN_POINTS = 70;
export const CRITICAL_POINTS = 30;
export const ALL_POINTS = 100;
export const CRITICAL_CAP = 49;
export const LEAST_COVERAGE = 0.8;

/**
 * The utility of a value of which less is better: 1 / (1 + (x / poor)^k) with k = ln 9 / ln(poor / good), so that `good`
 * gives 0.90 and `poor` 0.50. It is log-logistic because PromQL can compute it.
 *
 * @returns 0 to 1; 1 for a value of 0 or below
 */
export function utilityOfLower(value: number, { good, poor }: Anchors): number {
  return 1 / (1 + (Math.max(value, 0) / poor) ** steepness({ good, poor }));
}

/** The same for a ratio of which more is better, on its failures: 1 - value, with anchors such as 0.98 and 0.90. */
export function utilityOfHigherRatio(value: number, anchors: Anchors): number {
  return utilityOfLower(1 - value, failuresOf(anchors));
}

/**
 * The utility of a value that should stay in a band, the worse of both sides: each is the curve of `utilityOfLower` on the
 * distance from the middle of the good range, so that 1 is in the middle, 0.90 at its ends and 0.50 at the poor ones.
 */
export function utilityOfBand(value: number, anchors: BandAnchors): number {
  const { middle, low, high } = sidesOfBand(anchors);
  return Math.min(utilityOfLower(middle - value, low), utilityOfLower(value - middle, high));
}

/** The middle of the good range, and the anchors of both sides as distances from it. */
export function sidesOfBand({ good, poor }: BandAnchors): { middle: number; low: Anchors; high: Anchors } {
  const middle = withoutNoise((good[0] + good[1]) / 2);
  const distance = (to: number) => withoutNoise(Math.abs(to - middle));
  return {
    middle,
    low: { good: distance(good[0]), poor: distance(poor[0]) },
    high: { good: distance(good[1]), poor: distance(poor[1]) },
  };
}

/** k of the log-logistic curve: ln 9 / ln(poor / good). */
export function steepness({ good, poor }: Anchors): number {
  return Math.log(9) / Math.log(poor / good);
}

/** Anchors of a ratio of which more is better, as anchors of its failures. */
export function failuresOf({ good, poor }: Anchors): Anchors {
  return { good: withoutNoise(1 - good), poor: withoutNoise(1 - poor) };
}

/** Without the noise of the last binary digits: 1 - 0.9 is 0.1. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * The score of a domain: 100 * (0.7 * weighted mean + 0.3 * worst critical), at most 49 when a critical utility is below
 * 0.5. Without critical signals the mean counts alone. It is withheld when less than 80 % of the weight, or a critical
 * signal, has no value.
 *
 * @throws RangeError when there is no weight at all
 */
export function scoreDomain(components: readonly Component[]): DomainScore {
  let weight = 0;
  let weightKnown = 0;
  let isCriticalKnown = true;
  for (const component of components) {
    weight += component.weight;
    if (component.utility !== undefined) weightKnown += component.weight;
    else if (component.critical) isCriticalKnown = false;
  }
  if (weight <= 0) throw new RangeError('a domain needs a signal with a weight');
  const coverage = weightKnown / weight;
  if (coverage >= LEAST_COVERAGE && isCriticalKnown) {
    const known = components.filter(({ utility }) => utility !== undefined);
    return { status: 'scored', coverage, ...scoreWith(known, 0) };
  }
  const interval = [scoreWith(components, 0).score, scoreWith(components, 1).score] as const;
  return { status: 'withheld', coverage, interval };
}

/** The score when every utility that is missing is the given one. */
function scoreWith(components: readonly Component[], missing: number): { score: number; losses: Losses } {
  let weight = 0;
  let worst = 1;
  let hasCritical = false;
  for (const component of components) {
    weight += component.weight;
    if (component.critical) {
      hasCritical = true;
      worst = Math.min(worst, component.utility ?? missing);
    }
  }
  const meanPoints = hasCritical ? MEAN_POINTS : ALL_POINTS;
  const losses: Record<string, number> = {};
  let meanLoss = 0;
  for (const { name, utility = missing, weight: own } of components) {
    losses[name] = (meanPoints * own * (1 - utility)) / weight;
    meanLoss += losses[name];
  }
  const criticalLoss = (ALL_POINTS - meanPoints) * (1 - worst);
  const uncapped = ALL_POINTS - meanLoss - criticalLoss;
  const score = worst < POOR_UTILITY ? Math.min(uncapped, CRITICAL_CAP) : uncapped;
  return { score, losses: { components: losses, critical: criticalLoss, cap: uncapped - score } };
}

/** The weighted mean of the domains' scores; missing domains are left out, and say so by their own interval. */
export function scoreTotal(domains: readonly { score: number; weight: number }[]): number {
  return sum(domains.map(({ score, weight }) => score * weight)) / sum(domains.map(({ weight }) => weight));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
