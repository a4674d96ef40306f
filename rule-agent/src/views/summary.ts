import type { Journal } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { toTime } from './shapes.ts';

interface RuleCounts {
  rule: string;
  firings: number;
  episodes: number;
  suppressed: Record<string, number>;
  outcomes: Record<string, number>;
  verdicts: Record<string, number>;
  reverted: number;
}

interface Span {
  fromMs: number;
  toMs: number;
}

/** What happened over a time, counted by rule, and what waits for a person now. */
export async function reportSummary(journal: Journal, history: History, { fromMs, toMs }: Span) {
  const byRule = new Map<string, RuleCounts>();
  for await (const { event } of journal.replay(await journal.lastSeqBefore(fromMs))) {
    if ('rule' in event) count(countsOf(byRule, event.rule), event);
  }
  const rules = [...byRule.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
  const open = [...history.openEpisodes.values()];
  const waiting = open.filter(({ state }) => state === 'awaiting_approval').length;
  return { from: toTime(fromMs), to: toTime(toMs), waiting, rules };
}

function countsOf(byRule: Map<string, RuleCounts>, rule: string): RuleCounts {
  const counts = byRule.get(rule) ?? {
    ...{ rule, firings: 0, episodes: 0, reverted: 0 },
    ...{ suppressed: {}, outcomes: {}, verdicts: {} },
  };
  byRule.set(rule, counts);
  return counts;
}

function count(counts: RuleCounts, event: JournalEvent): void {
  if (event.kind === 'firing_started') counts.firings += 1;
  if (event.kind === 'decided') counts.episodes += 1;
  if (event.kind === 'suppressed') increase(counts.suppressed, event.guard);
  if (event.kind === 'finished') increase(counts.outcomes, event.outcome);
  if (event.kind === 'verified') increase(counts.verdicts, event.verdict);
  if (event.kind === 'verdict_reviewed' && event.verdict === 'improved_but_faded') fade(counts.verdicts);
  if (event.kind === 'reverted' && event.outcome === 'reverted') counts.reverted += 1;
}

/** An improvement of the same time that did not last is counted as what it turned out to be. */
function fade(verdicts: Record<string, number>): void {
  increase(verdicts, 'improved_but_faded');
  if (verdicts.improved === undefined) return;
  verdicts.improved -= 1;
  if (verdicts.improved === 0) delete verdicts.improved;
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
