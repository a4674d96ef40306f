import { serveTasks } from '@evenkeel/toolkit';
import { type LoadedRules, readRules } from './load-rules.ts';
import type { Offers } from './offers.ts';

/** A text that says what rules there are; `file` is the name that diagnostics show. */
export interface RuleText {
  file: string;
  text: string;
}

// The whole of the thread. No variable is filled in: they may hold secrets.
serveTasks(({ file, text }: RuleText, systems: Offers): LoadedRules =>
  readRules(file, text, { systems, env: {} }),
);
