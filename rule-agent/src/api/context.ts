import type { Clock, TokenBook } from '@evenkeel/toolkit';
import type { HistoryBook } from '../decisions/index.ts';
import type { Journal, Recorder } from '../journal/index.ts';
import type { Facts } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';

/** What the routes read and write. What changes while the agent runs is asked for anew each time. */
export interface ApiContext {
  journal: Journal;
  recorder: Recorder;
  tokens: TokenBook;
  /** Whether reading needs a token too. */
  guardReads: boolean;
  clock: Clock;
  history: () => HistoryBook;
  rules: () => readonly Rule[];
  facts: () => Facts | undefined;
}
