import { ShadowTrack, shadowRestMs } from '../decisions/index.ts';
import type { MatchOutcome } from '../model/match.ts';
import type { Comparison, Condition, Rule } from '../model/rule.ts';
import { knownMask, type Lowered, maskOf, type PastFacts } from './past-conditions.ts';
import type { ReplayedFirings } from './question.ts';

/** The rule over its past, and whether it compares the expected signal with a number that another may stand in for. */
export interface RuleInThePast {
  firings: ReplayedFirings;
  hasThreshold: boolean;
}

/**
 * When a rule would have acted, had everybody left it alone: as in shadow mode, with the same conditions, `for`, hysteresis and
 * cooldown. A point is a look: what an agent sees between two of them is not seen here.
 *
 * While a condition lasts, a rule acts again and again. What follows then depends on how long it has lasted: so only those firings are
 * given that are the first, or the second, ... of their condition as the one at `like` is.
 */
export function replayRule(rule: Rule, past: PastFacts, like: number): RuleInThePast {
  const compared = factsComparedWithNumbers(rule);
  const own = playRule(rule, past);
  const nth = own.findLast(({ at }) => at <= like && like - at < restPoints(rule, past))?.nth ?? 1;
  const alike = (firings: readonly PastFiring[]) =>
    firings.filter((firing) => firing.nth === nth).map(({ at }) => at);
  return {
    firings(threshold) {
      if (threshold === undefined) return alike(own);
      const nearer = rule.expect.direction === 'lower' ? Math.min : Math.max;
      return alike(playRule(rule, past, { compared, bound: (value) => nearer(value, threshold) }));
    },
    hasThreshold: compared.size > 0,
  };
}

export interface PastFiring {
  at: number;
  /** The first of its condition, the second, ... */
  nth: number;
  /** The first point at which the condition has cleared; or is not known, or after the last point. */
  endsAt: number;
  cleared: boolean;
}

/** The facts that are the expected signal itself, compared in `when` with a number that it has to be beyond. */
function factsComparedWithNumbers({ facts, when, expect }: Rule): Set<string> {
  const isSignal = (name: string) => {
    const spec = facts[name];
    return (
      spec !== undefined && 'signal' in spec && spec.signal === expect.signal && spec.reading !== 'zscore'
    );
  };
  return new Set(
    comparisonsThatMustHold(when)
      .filter(
        ({ fact, operator, value }) =>
          isSignal(fact) && typeof value === 'number' && isBeyond(operator, expect),
      )
      .map(({ fact }) => fact),
  );
}

function isBeyond(operator: Comparison['operator'], { direction }: Rule['expect']): boolean {
  return operator.startsWith(direction === 'lower' ? 'greaterThan' : 'lessThan');
}

/** What is under a `not` says the opposite. */
function comparisonsThatMustHold(condition: Condition): Comparison[] {
  if ('fact' in condition) return [condition];
  if ('not' in condition) return [];
  return ('all' in condition ? condition.all : condition.any).flatMap(comparisonsThatMustHold);
}

/** Plays a rule over its past, with its threshold lowered where that is asked for. */
export function playRule(rule: Rule, past: PastFacts, lowered?: Lowered): PastFiring[] {
  const outcomeAt = outcomesOf(rule, past, lowered);
  const track = new ShadowTrack(rule);
  const firings: PastFiring[] = [];
  let open: PastFiring[] = [];
  for (let at = 0; at < past.points; at++) {
    const outcome = outcomeAt(at);
    // Where it is not known, nobody knows whether the condition went on.
    if (outcome === 'clear' || outcome === 'unknown') {
      for (const firing of open) Object.assign(firing, { endsAt: at, cleared: outcome === 'clear' });
      open = [];
    }
    if (!track.look(outcome, at * past.pointMs)) continue;
    open.push({ at, nth: open.length + 1, endsAt: past.points, cleared: false });
    firings.push(open.at(-1)!);
  }
  return firings;
}

function outcomesOf(rule: Rule, past: PastFacts, lowered: Lowered | undefined): (at: number) => MatchOutcome {
  const known = knownMask(rule, past);
  const when = maskOf(rule.when, past, lowered);
  const clear = rule.clear && maskOf(rule.clear, past, lowered);
  return (at) => {
    if (known[at] === 0) return 'unknown';
    if (when[at] === 1) return 'firing';
    return clear === undefined || clear[at] === 1 ? 'clear' : 'between';
  };
}

/** As long as an action keeps its rule busy, and at rest after that. */
function restPoints(rule: Rule, { pointMs }: PastFacts): number {
  return Math.max(1, Math.ceil(shadowRestMs(rule) / pointMs));
}
