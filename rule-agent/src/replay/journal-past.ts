import type { JournalReader } from '../journal/index.ts';
import { restoreHistory } from '../journal/index.ts';
import { createTouchReader } from '../loops/read-touches.ts';
import type { Decided } from '../model/event.ts';
import type { KeptControl, RuleOutcomes } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { outcomesOf } from '../evidence/index.ts';
import { NO_ACTIONS, type PastActions } from '../verification/index.ts';

const DAY_MS = 86_400_000;
/** As far back as a verdict looks. */
const LOOKS_BACK_MS = 28 * DAY_MS;

/** What the agent did, and what it kept, as its journal has it. */
export interface JournalPast {
  /** What was decided in the range and not only watched. */
  episodes: readonly Decided[];
  /** What may have moved signals in the range, and in the weeks before it. */
  actions: PastActions;
  /** Firings of a rule, as it is, that were left alone. */
  controlsOf: (rule: Rule) => readonly KeptControl[];
}

/** Nothing is known of what was done. */
export const NO_JOURNAL: JournalPast = { episodes: [], actions: NO_ACTIONS, controlsOf: () => [] };

/** @throws EvenkeelError JOURNAL_BROKEN */
export async function readJournalPast(
  journal: JournalReader,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<JournalPast> {
  const { outcomes } = (await restoreHistory(journal)).history;
  const episodes: Decided[] = [];
  for await (const { event } of journal.replay(await journal.lastSeqBefore(fromMs))) {
    if (event.at > toMs) break;
    if (event.kind === 'decided' && event.mode !== 'shadow') episodes.push(event);
  }
  return {
    episodes,
    actions: await createTouchReader(journal)(fromMs - LOOKS_BACK_MS),
    controlsOf: (rule) => controlsOf(rule, outcomes),
  };
}

function controlsOf(rule: Rule, outcomes: ReadonlyMap<string, RuleOutcomes>): readonly KeptControl[] {
  return outcomesOf(rule, outcomes)?.controls ?? [];
}
