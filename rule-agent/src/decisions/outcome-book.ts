import { isMessage } from '../actions/kind-of.ts';
import type { Control, Decided, Verified } from '../model/event.ts';
import type { KeptEpisode, RuleOutcomes } from '../model/history.ts';
import type { HistoryBook } from './history-book.ts';

/** Firings of a rule that wait to be judged: each costs queries, and in a storm there are thousands that say the same. */
const MOST_WAITING = 20;
/** Of either kind: more do not make it surer. */
const MOST_KEPT = 400;
const DAY_MS = 86_400_000;
const KEPT_FOR_MS = 180 * DAY_MS;

/**
 * A firing that the rule only watched: it is judged when its window is over. Of more than can be judged those with the lowest keys
 * stay, which are hashes: a draw that knows nothing of labels, or of the order in which targets are looked at.
 */
export function recordUnacted(history: HistoryBook, event: Decided): void {
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
export function recordTreated(history: HistoryBook, { rule, ruleVersion }: Decided, event: Verified): void {
  const { error, spread, minimum, sigma } = event.judgement ?? {};
  if (error === undefined || spread === undefined) return;
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
