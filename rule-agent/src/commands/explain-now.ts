import { systemClock } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { type HistoryBook, knownTargets, policyOf } from '../decisions/index.ts';
import { createSources, openSources } from '../facts/index.ts';
import type { Rule } from '../model/rule.ts';
import type { Labels } from '../model/target.ts';
import { reportRuleExplanation, type RuleExplanation } from '../views/index.ts';
import type { RuleEngine } from '../rules/index.ts';

/** An agent at work says so every ten seconds. */
const SILENT_AFTER_MS = 30_000;

interface Question {
  engine: RuleEngine;
  /** Every rule in force. */
  rules: readonly Rule[];
  labels: Labels;
  /** As the journal has it. */
  history: HistoryBook;
  config: AgentConfig;
}

/** What a running agent would say of a rule, from the journal and from the facts as Prometheus has them now. */
export async function explainRuleNow({
  engine,
  rules,
  labels,
  history,
  config,
}: Question): Promise<RuleExplanation> {
  const { max_age: maxAgeMs } = config.prometheus;
  const { sources: opened, close } = openSources(config, systemClock);
  try {
    // Asked once: nobody needs to look at the others.
    const times = { clock: systemClock, maxAgeMs, lookEveryMs: Infinity, returnAfterMs: 0 };
    const sources = createSources({ sources: opened, ...times });
    const facts = await sources.read({
      rules: [engine.rule],
      known: knownTargets(history),
      nowMs: systemClock.now(),
    });
    const now = { nowMs: systemClock.now(), ask: sources.ask };
    const present = { rules, facts, history, policy: policyOf(config), ...now };
    const explained = await reportRuleExplanation(engine, labels, present);
    return explained.note === null && 'of' in engine.rule.holding
      ? {
          ...explained,
          note: 'in how many cycles it held is only known to the running agent: use --api.url',
        }
      : explained;
  } finally {
    await close();
  }
}

/** What has to be said when no agent is at work: then nothing acts, whatever the rules say. */
export function absenceNote(lastBeatMs: number, nowMs: number): string {
  if (nowMs - lastBeatMs <= SILENT_AFTER_MS) return '';
  const since = lastBeatMs === 0 ? '' : ` since ${new Date(lastBeatMs).toISOString()}`;
  return `\nNo agent has been at work on this journal${since}: nothing acts.\n`;
}
