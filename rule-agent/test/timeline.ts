import { atOnce } from '@evenkeel/toolkit';
import type { Policy } from '../src/decisions/index.ts';
import { decide, emptyHistory, type HistoryBook, observe, record } from '../src/decisions/index.ts';
import type { Decision, JournalEvent } from '../src/model/event.ts';
import type { Match } from '../src/model/match.ts';
import { buildBook, buildFacts, POLICY, rulesOf, T0, warehouse } from './build.ts';

/** A history on which time passes: each step decides, enters what was decided, and gives it back. */
export function timeline(policy: Policy = POLICY, history: HistoryBook = emptyHistory()) {
  let nowMs = T0;
  return {
    history,
    at: () => nowMs,
    enter: (...events: JournalEvent[]) => events.forEach((event) => record(history, event)),
    step(afterMs: number, ...matches: Match[]): Decision[] {
      nowMs += afterMs;
      const facts = buildFacts(
        buildBook({ api_latency_p95_seconds: [{ labels: warehouse, value: 3 }] }),
        nowMs,
      );
      const decisions = atOnce(decide({ rules: rulesOf(matches), matches, facts, history, policy, nowMs }));
      for (const decision of decisions) record(history, decision);
      atOnce(observe(history, matches, nowMs));
      return decisions;
    },
  };
}
