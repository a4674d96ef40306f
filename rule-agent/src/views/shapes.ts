import { kindNamed } from '../actions/kind-of.ts';
import type { ActionRequest, Plan } from '../model/action-request.ts';
import type { VerdictReviewed } from '../model/event.ts';
import type { Fact } from '../model/fact.ts';
import type { ComparableMoments, Judgement, TimeToClear } from '../model/judgement.ts';
import type {
  Budget,
  Expectation,
  FactSpec,
  Holding,
  Schedule,
  SilenceWish,
  TimeWindow,
} from '../model/rule.ts';

/** A time as the API writes it, or null. */
export function toTime(ms: number | undefined): string | null {
  return ms === undefined || ms === 0 ? null : new Date(ms).toISOString();
}

export function toFactShape(fact: Fact) {
  return {
    status: fact.status,
    value: fact.status === 'ok' ? fact.value : null,
    sampled_at: toTime(fact.sampledAtMs),
    because: fact.status === 'ok' ? null : fact.because,
  };
}

export function toFactShapes(facts: Readonly<Record<string, Fact>>) {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFactShape(fact)]));
}

/** An action, with what its kind shows of it. */
export function toActionShape(request: ActionRequest) {
  const { kind, system, name } = request;
  return { kind, system, name, ...kindNamed(kind)?.details.of(request) };
}

/** What an action changes; what its kind needs to revert it is left out. */
export function toPlanShape(plan: Plan | undefined) {
  if (plan === undefined) return null;
  const { kind = 'knob', system, name, from, to } = plan;
  return { kind, system, name, from, to };
}

export function toExpectShape(expect: Expectation) {
  const { signal, direction, settleMs, windowMs, minimum, holdOut = 0, switchback, guardrails } = expect;
  return {
    signal,
    direction,
    settle_seconds: settleMs / 1000,
    window_seconds: windowMs / 1000,
    minimum: minimum ?? null,
    hold_out: holdOut,
    switchback_blocks: switchback ?? null,
    guards: guardrails,
  };
}

/** When the condition of a rule had cleared, and how long that takes by itself; null where neither is known. */
export function toClearingShape({ clearedAfterMs, timeToClear }: Partial<Judgement> = {}) {
  if (clearedAfterMs === undefined && timeToClear === undefined) return null;
  return { after_seconds: toSeconds(clearedAfterMs), by_itself: toTimeToClearShape(timeToClear) };
}

function toTimeToClearShape(found: TimeToClear | undefined) {
  if (found === undefined) return null;
  return {
    firings: found.firings,
    lower_seconds: toSeconds(found.lowerMs),
    median_seconds: toSeconds(found.medianMs),
    upper_seconds: toSeconds(found.upperMs),
  };
}

function toSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1000;
}

/** What a verdict measured; null where nothing was. */
export function toEffectShape(judgement: Judgement | undefined) {
  const { effect, observed, counterfactual, minimum, cumulative, p } = judgement ?? {};
  if (effect === undefined) return null;
  const { low, high, relative, smallestVisible, method, moments, switchback } = judgement!;
  return {
    ...{ estimate: effect, low: low ?? null, high: high ?? null, relative: relative ?? null },
    ...{ cumulative: cumulative!, observed: observed!, counterfactual: counterfactual!, minimum: minimum! },
    ...{ smallest_visible: smallestVisible ?? null, p: p!, method },
    comparable_moments: toMomentsShape(moments),
    switchback:
      switchback === undefined ? null : switchback.blocks.map(({ isOn, mean }) => ({ on: isOn, mean })),
  };
}

function toMomentsShape(moments: ComparableMoments | undefined) {
  if (moments === undefined) return null;
  const { count, effective, lowered } = moments;
  return { count, effective, lowered };
}

export function toReviewShape(review: VerdictReviewed | undefined) {
  if (review === undefined) return null;
  const { at, look, verdict, judgement, because } = review;
  return {
    ...{ at: toTime(at), look, verdict, effect: toEffectShape(judgement) },
    ...{ decline: toDeclineShape(review.decline), because: because ?? null },
  };
}

export function toDeclineShape(decline: VerdictReviewed['decline']) {
  return decline === undefined ? null : { estimate: decline.estimate, bound: decline.bound ?? null };
}

export function toSilenceWishShape(silence: SilenceWish | undefined) {
  if (silence === undefined) return null;
  return { system: silence.system, matchers: silence.matchers, at_most_seconds: silence.mostMs / 1000 };
}

export function toHoldingShape(holding: Holding) {
  return 'of' in holding
    ? { for_seconds: null, for_cycles: holding }
    : { for_seconds: holding.steadyMs / 1000, for_cycles: null };
}

export function toBudgetShape(budget: Budget | undefined) {
  return budget === undefined ? null : { actions: budget.actions, per_seconds: budget.perMs / 1000 };
}

export function toScheduleShape({ timeZone, allowed, maintenance }: Schedule) {
  return {
    time_zone: timeZone,
    allowed: allowed.map(toWindowShape),
    maintenance: maintenance.map(toWindowShape),
  };
}

function toWindowShape({ start, lastsMs }: TimeWindow) {
  return { start, lasts_seconds: lastsMs / 1000 };
}

export function toFactSpecShape(spec: FactSpec) {
  return 'signal' in spec
    ? { signal: spec.signal, reading: spec.reading ?? 'value', source: spec.source ?? null }
    : { promql: spec.promql, source: spec.source ?? null };
}
