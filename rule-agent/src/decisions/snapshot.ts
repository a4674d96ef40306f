import { canonicalJson } from '../model/canonical-json.ts';
import { emptyHistory, type HistoryBook } from './history-book.ts';

/** A history as JSON, for the journal to stand in for the rows that led to it. Looks of the last cycle are left out. */
export function toSnapshot(history: HistoryBook): string {
  const { tracks, openEpisodes, reverts, pauses, killSwitch, stopOrder, actionStarts } = history;
  const lasting = [...tracks].map(([key, { seen: _seen, knownAtMs: _knownAtMs, ...track }]) => [key, track]);
  return canonicalJson({
    tracks: lasting,
    openEpisodes: [...openEpisodes],
    reverts: [...reverts],
    lastReverted: history.lastReverted,
    pauses: [...pauses],
    outcomes: [...history.outcomes],
    reviews: [...history.reviews],
    unacted: [...history.unacted],
    killSwitch,
    stopOrder,
    actionStarts,
    moves: [...history.moves],
    loadedRules: history.loadedRules,
    ruleTexts: [...history.ruleTexts],
    writtenRules: [...history.writtenRules],
    setModes: [...history.setModes],
    tokens: [...history.tokens],
  });
}

/** The history that `toSnapshot` was given. */
export function fromSnapshot(text: string): HistoryBook {
  const stored = JSON.parse(text) as Record<string, unknown>;
  const map = <Key, Value>(name: string) => new Map((stored[name] ?? []) as [Key, Value][]);
  return {
    ...emptyHistory(),
    ...(stored as Pick<
      HistoryBook,
      'killSwitch' | 'stopOrder' | 'actionStarts' | 'loadedRules' | 'lastReverted'
    >),
    tracks: map('tracks'),
    openEpisodes: map('openEpisodes'),
    reverts: map('reverts'),
    pauses: map('pauses'),
    outcomes: map('outcomes'),
    reviews: map('reviews'),
    unacted: map('unacted'),
    moves: map('moves'),
    ruleTexts: map('ruleTexts'),
    writtenRules: map('writtenRules'),
    setModes: map('setModes'),
    tokens: map('tokens'),
  };
}
