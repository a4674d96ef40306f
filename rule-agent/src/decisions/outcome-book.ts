import { isMessage } from '../actions/kind-of.ts';
import type { Control, Decided, Suppressed, Verified } from '../model/event.ts';
import type { KeptEpisode, RuleOutcomes, Track, Unacted } from '../model/history.ts';
import { pause } from './guards/pause.ts';
import type { HistoryBook } from './history-book.ts';
import { trackFor } from './track-book.ts';

/** Firings of a rule that wait to be judged: each costs queries, and in a storm there are thousands that say the same. */
const MOST_WAITING = 20;
/** Of either kind: more do not make it surer. */
const MOST_KEPT = 400;
const DAY_MS = 86_400_000;
const KEPT_FOR_MS = 180 * DAY_MS;

/** What holds a rule back on a target, and whether the firing is judged all the same. */
export function recordSuppressed(history: HistoryBook, event: Suppressed): void {
  const { at, rule, ruleVersion, target, targetKey, firingStart, guard, because, leftAlone } = event;
  const track = trackFor(history, event);
  track.suppression = { guard, because, at };
  if (leftAlone === undefined) return;
  const { untilMs, ...judged } = leftAlone;
  track.leftAlone = { firingStart, ruleVersion, ...(untilMs !== undefined && { untilMs }) };
  recordUnacted(history, { at, rule, ruleVersion, target, targetKey, guard, ...judged });
}

/** A person wants no firing to be left alone on purpose any longer. */
export function endHoldOut({ leftAlone }: Track, atMs: number): void {
  if (leftAlone?.untilMs !== undefined) leftAlone.untilMs = Math.min(leftAlone.untilMs, atMs);
}

/** A stop of one rule, or of all, is over: what lasts may be acted on now, so that only what clears would be seen left alone. */
export function forgetStopped(
  history: HistoryBook,
  { rule, atMs }: { rule?: string | undefined; atMs: number },
): void {
  for (const [id, { guard, at, rule: of, expect }] of history.unacted) {
    const isOver = at + expect.settleMs + expect.windowMs <= atMs;
    if (guard === pause.name && (rule ?? of) === of && !isOver) history.unacted.delete(id);
  }
}

/**
 * A firing on which nothing is done: it is judged when its window is over. Of more than can be judged those with the lowest keys
 * stay, which are hashes: a draw that knows nothing of labels, or of the order in which targets are looked at.
 */
export function recordUnacted(history: HistoryBook, event: Unacted): void {
  if (event.expect.windowMs === 0 || isMessage(event.action)) return;
  history.unacted.set(event.episode, event);
  const waiting = [...history.unacted.values()].filter(({ rule }) => rule === event.rule);
  if (waiting.length <= MOST_WAITING) return;
  const last = waiting.reduce((a, b) => (a.idempotencyKey > b.idempotencyKey ? a : b));
  history.unacted.delete(last.episode);
}

export function recordControl(history: HistoryBook, event: Control): void {
  history.unacted.delete(event.episode);
  const { rule, ruleVersion, at, targetKey, errorPerSpread } = event;
  if (errorPerSpread === undefined) return;
  const outcomes = outcomesOf(history, { rule, ruleVersion });
  const controls = [...outcomes.controls, { atMs: at, targetKey, errorPerSpread }]
    .filter(({ atMs }) => atMs > at - KEPT_FOR_MS)
    .slice(-MOST_KEPT);
  history.outcomes.set(rule, { ...outcomes, controls });
}

/** What an action came to, where that was measured. */
export function recordTreated(
  history: HistoryBook,
  { rule, ruleVersion, afterControl }: Decided,
  event: Verified,
): void {
  const { error, spread, minimum, sigma } = event.judgement ?? {};
  if (error === undefined || spread === undefined || afterControl === true) return;
  const outcomes = outcomesOf(history, { rule, ruleVersion });
  const kept: KeptEpisode = {
    errorPerSpread: error / spread,
    ...(minimum !== undefined && { minimumPerSpread: minimum / spread }),
    ...(sigma !== undefined && { spreadInSigmas: spread / sigma }),
  };
  const treated = [...outcomes.treated, kept].slice(-MOST_KEPT);
  history.outcomes.set(rule, { ...outcomes, treated });
}

/** A person who lets a rule act again that the evidence has set to watch wants new evidence: what it did so far no longer counts. */
export function forgetTreated(history: HistoryBook, rule: string): void {
  const known = history.outcomes.get(rule);
  if (known !== undefined) history.outcomes.set(rule, { ...known, treated: [] });
}

/** A rule that was changed begins anew: what another version did says nothing of it. */
function outcomesOf(
  { outcomes }: HistoryBook,
  { rule, ruleVersion }: Pick<Decided, 'rule' | 'ruleVersion'>,
): RuleOutcomes {
  const known = outcomes.get(rule);
  return known?.ruleVersion === ruleVersion ? known : { ruleVersion, treated: [], controls: [] };
}
