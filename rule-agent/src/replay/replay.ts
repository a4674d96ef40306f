import { EvenkeelError } from '@evenkeel/toolkit';
import type { Policy } from '../decisions/index.ts';
import { signalsReadBy } from '../facts/index.ts';
import type { Decided } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { gridOf } from '../prometheus/range.ts';
import { historyPrometheus, simulate, simulatedAction } from '../simulation/index.ts';
import { FiringLog, type ReplayedFiring } from './firing-log.ts';
import { type JournalPast, NO_JOURNAL } from './journal-past.ts';
import { Knowledge, type RuleKnowledge } from './knowledge.ts';
import { alertsDuring, readPastAlerts } from './past-alerts.ts';
import { episodesDuring, episodesWithoutFiring } from './past-episodes.ts';
import { type Sensitivity, sensitivityOf } from './sensitivity.ts';

export interface Replay {
  rules: readonly Rule[];
  policy: Policy;
  source: Prometheus;
  fromMs: number;
  toMs: number;
  stepMs: number;
  /** What the agent did in that time, where it is known. */
  journal?: JournalPast;
  /** Told how much of the range is done, from 0 to 1. */
  onProgress?: (share: number) => void;
}

export interface ReplayReport {
  fromMs: number;
  toMs: number;
  stepMs: number;
  firings: readonly (ReplayedFiring & { alerts: readonly string[]; episodes: readonly string[] })[];
  rules: readonly { name: string; known: RuleKnowledge; sensitivity: Sensitivity }[];
  /** When a rule was known for the first time. */
  knownFromMs: number;
  /** Episodes of these rules that the journal has and the replay has no firing for. */
  unseenEpisodes: readonly { episode: string; rule: string; atMs: number }[];
  /** Why the alerts of that time cannot be read, where they cannot. */
  alertsUnread?: string;
}

/**
 * Plays rules over what Prometheus has of a time, with the agent's own cycle. Nothing is contacted but that Prometheus. A rule
 * that is off is played in shadow mode; all others as they are, and their actions are taken as done.
 *
 * @throws EvenkeelError HISTORY_UNREADABLE, or HISTORY_EMPTY when nothing is known in the whole range
 */
export async function replay(replayed: Replay): Promise<ReplayReport> {
  const { source, toMs, fromMs, stepMs } = replayed;
  const played = await playRules(replayed);
  const knownFromMs = played.knowledge.firstMs;
  if (knownFromMs === undefined) throw nothingKnown(replayed, played.knowledge);
  const alerts = await readPastAlerts(source, { fromMs, toMs, stepMs });
  const { episodes } = replayed.journal ?? NO_JOURNAL;
  return {
    ...{ fromMs, toMs, stepMs, knownFromMs },
    firings: played.firings.map((firing) => ({
      ...{ ...firing, alerts: alertsDuring(firing, alerts) },
      episodes: episodesDuring(firing, episodes, stepMs),
    })),
    unseenEpisodes: unseenEpisodes(replayed, played.firings),
    rules: await rulesOf(replayed, played),
    ...(!alerts.ok && { alertsUnread: alerts.because }),
  };
}

interface Played {
  firings: readonly ReplayedFiring[];
  decided: readonly Decided[];
  knowledge: Knowledge;
}

async function playRules(replayed: Replay): Promise<Played> {
  const { fromMs, toMs, stepMs, onProgress } = replayed;
  // Whether a firing would have been left alone on purpose says nothing of the rule.
  const policy: Policy = { ...replayed.policy, holdOut: 'none' };
  const signals = signalsReadBy(replayed.rules);
  const { maxAgeMs } = policy;
  const log = new FiringLog(stepMs);
  const decided: Decided[] = [];
  const knowledge = new Knowledge();
  const turns = simulate({
    ...{ policy, fromMs, toMs, intervalMs: stepMs, action: simulatedAction(new Set()) },
    rules: replayed.rules.map((rule) => (rule.mode === 'off' ? { ...rule, mode: 'shadow' } : rule)),
    prometheus: (clock) => withoutMeasures(historyPrometheus({ ...replayed, clock, signals, maxAgeMs })),
  });
  for await (const { nowMs, events, facts } of turns) {
    knowledge.look(facts);
    for (const event of events) {
      log.add(event);
      if (event.kind === 'decided') decided.push(event);
    }
    onProgress?.((nowMs - fromMs) / Math.max(1, toMs - fromMs));
  }
  return { firings: log.finish(toMs), decided, knowledge };
}

/** The signals of that time do not show what an action would have done: no verdict of a replay may hold a rule back. */
function withoutMeasures(source: Prometheus): Prometheus {
  return {
    query: (promql) => source.query(promql),
    queryRange: (_promql, range) => Promise.resolve({ ok: true, grid: gridOf(range), series: [] }),
  };
}

function unseenEpisodes({ rules, journal = NO_JOURNAL, stepMs }: Replay, firings: Played['firings']) {
  const names = rules.map(({ name }) => name);
  const { episodes } = journal;
  return episodesWithoutFiring(firings, { episodes, rules: names, slackMs: stepMs }).map(
    ({ episode, rule, at }) => ({ episode, rule, atMs: at }),
  );
}

async function rulesOf(
  { rules, source, toMs, journal = NO_JOURNAL }: Replay,
  { decided, knowledge }: Played,
): Promise<ReplayReport['rules']> {
  const read = source.queryRange.bind(source);
  const found: { name: string; known: RuleKnowledge; sensitivity: Sensitivity }[] = [];
  for (const rule of rules) {
    const { name } = rule;
    const ofRule = decided.filter((one) => one.rule === name);
    const sensitivity = await sensitivityOf({ ...{ rule, toMs, read, journal }, decided: ofRule });
    found.push({ name, known: knowledge.of(name), sensitivity });
  }
  return found;
}

/** Of so many rules the reason is said. */
const MOST_REASONS = 5;

function nothingKnown({ fromMs, toMs, rules }: Replay, knowledge: Knowledge): EvenkeelError {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
  const reasons = rules.slice(0, MOST_REASONS).map(({ name }) => `${name}: ${knowledge.of(name).because}`);
  return new EvenkeelError(
    'HISTORY_EMPTY',
    `no rule could be evaluated at any time from ${from} to ${to}\n${reasons.join('\n')}`,
    {
      hint: "the range may be before Prometheus' retention, or the series may not be there under these names: try a later --from, or evenkeel-agent check --prometheus",
    },
  );
}
