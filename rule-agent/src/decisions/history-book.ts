import type {
  IssuedToken,
  KillSwitchOrdered,
  Pause,
  RulesLoaded,
  RuleTextKept,
  RuleWritten,
} from '../model/event.ts';
import type {
  ActionStart,
  History,
  Move,
  OpenEpisode,
  PendingRevert,
  PendingReview,
  RuleOutcomes,
  SetMode,
  Track,
  Unacted,
} from '../model/history.ts';

/** The history while it is being written. Only the books here change it, and what counts only by events that are journalled. */
export interface HistoryBook extends History {
  tracks: Map<string, Track>;
  openEpisodes: Map<string, OpenEpisode>;
  reverts: Map<string, PendingRevert>;
  lastReverted: readonly string[];
  pauses: Map<string, Pause>;
  killSwitch: { engaged: boolean; because: string; sinceMs?: number };
  actionStarts: ActionStart[];
  moves: Map<string, readonly Move[]>;
  outcomes: Map<string, RuleOutcomes>;
  reviews: Map<string, PendingReview>;
  unacted: Map<string, Unacted>;
  stopOrder?: KillSwitchOrdered;
  loadedRules: RulesLoaded['rules'];
  ruleTexts: Map<string, RuleTextKept>;
  writtenRules: ReadonlyMap<string, RuleWritten>;
  setModes: ReadonlyMap<string, SetMode>;
  tokens: Map<string, IssuedToken>;
}

export function emptyHistory(): HistoryBook {
  return {
    tracks: new Map(),
    openEpisodes: new Map(),
    reverts: new Map(),
    lastReverted: [],
    pauses: new Map(),
    killSwitch: { engaged: false, because: '' },
    actionStarts: [],
    moves: new Map(),
    outcomes: new Map(),
    reviews: new Map(),
    unacted: new Map(),
    loadedRules: [],
    ruleTexts: new Map(),
    writtenRules: new Map(),
    setModes: new Map(),
    tokens: new Map(),
  };
}
