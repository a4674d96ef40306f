import type { KeptControl, Unacted } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import type { EpisodePast } from './episode-past.ts';
import { replayRule, type RuleInThePast } from './past-firings.ts';
import type { PointRange, Question } from './question.ts';
import type { SignalHistory } from './signal-history.ts';
import { concerns, type PastActions, type Touch } from './touches.ts';

/** When an action was sent, when its effect should show, and until when it is watched. */
export interface EpisodeTimes {
  startedAtMs: number;
  settlesAtMs: number;
  measuredAtMs: number;
}

/** What else is known beside the past of the signal. */
export interface Known {
  rule: Rule | undefined;
  actions: PastActions;
  controls: readonly KeptControl[];
}

/** What has to be judged of an episode, in points of its signal. */
export function questionOf(
  { decided, ...times }: EpisodeTimes & { decided: Unacted },
  { signal, facts }: EpisodePast,
  { rule, actions, controls }: Known,
): Question {
  const points = toPoints(signal, times);
  const { pointMs, values, firstMs } = signal;
  const past = { pointMs, points: values.length, values: facts };
  const { direction, minimum } = decided.expect;
  return {
    ...{ signal, ...points, direction },
    ...(minimum !== undefined && { minimum }),
    ...(rule === undefined
      ? NEVER
      : replayRule(waiting(rule, times.startedAtMs - decided.at), past, points.before)),
    levelPoints: levelPointsOf(rule, pointMs),
    // Of its own target those are replayed that are not too old for that.
    controls: controls.filter(({ targetKey, atMs }) => targetKey !== decided.targetKey || atMs < firstMs),
    touched: touchedIn(signal, actions, decided),
  };
}

/** Less is what it takes to send an action. */
const LEAST_WAIT_MS = 60_000;

/**
 * A rule as it would be if all its actions had waited so long, as for a person's yes: it is compared with conditions that lasted until
 * then, as the judged one did. Those that cleared before would have gone well whatever was done.
 */
function waiting(rule: Rule, waitedMs: number): Rule {
  const { holding } = rule;
  if (waitedMs < LEAST_WAIT_MS || !('steadyMs' in holding)) return rule;
  return { ...rule, holding: { steadyMs: holding.steadyMs + waitedMs } };
}

/** A rule that is gone cannot be asked when it would have fired. */
const NEVER: RuleInThePast = { firings: () => [], hasThreshold: false };

type Points = Pick<Question, 'before' | 'settlePoints' | 'windowPoints'>;

function toPoints({ firstMs, pointMs }: SignalHistory, times: EpisodeTimes): Points {
  const pointsUntil = (atMs: number) => (atMs - firstMs) / pointMs;
  const before = Math.floor(pointsUntil(times.startedAtMs));
  const settled = Math.max(before, Math.ceil(pointsUntil(times.settlesAtMs)) - 1);
  const last = Math.floor(pointsUntil(times.measuredAtMs));
  return { before, settlePoints: settled - before, windowPoints: Math.max(1, last - settled) };
}

/** A rule looks at as much of the signal as its condition has to hold. */
function levelPointsOf(rule: Rule | undefined, pointMs: number): number {
  if (rule === undefined || !('steadyMs' in rule.holding)) return 1;
  return Math.max(1, Math.round(rule.holding.steadyMs / pointMs));
}

function toPointRange(
  { fromMs, toMs }: Omit<Touch, 'decided'>,
  { firstMs, pointMs, values }: SignalHistory,
): PointRange {
  const from = Math.floor((fromMs - firstMs) / pointMs);
  return { from, to: Math.min(Math.ceil((toMs - firstMs) / pointMs), values.length) };
}

/** Where another action may have moved the signal, which nobody knows of the time before the actions are known. */
export function touchedIn(
  signal: SignalHistory,
  { touches, knownFromMs }: PastActions,
  decided: Unacted,
): PointRange[] {
  const others = touches.filter(
    (touch) => touch.decided.episode !== decided.episode && concerns(touch.decided, decided),
  );
  const unknown = knownFromMs > signal.firstMs ? [{ fromMs: signal.firstMs, toMs: knownFromMs }] : [];
  return [...unknown, ...others].map((range) => toPointRange(range, signal));
}
