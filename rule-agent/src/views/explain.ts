import { explainMatch, type Explanation, type Policy } from '../decisions/index.ts';
import type { JournalReader } from '../journal/index.ts';
import { rowsOfEpisode } from '../journal/index.ts';
import type { Decided, JournalEvent } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { coversLabels, type Labels, targetKey } from '../model/target.ts';
import { buildRuleEngine, evaluate, type RuleEngine, traceConditions } from '../rules/index.ts';
import type { RuleVersion } from './rule-version.ts';
import { describeEvent } from './describe.ts';
import { describeVerdict } from './describe-verdict.ts';
import { reportEvidence } from './evidence.ts';
import { stateOf, toTimeline } from './episodes.ts';
import { type Ask, type LearningShape, reportLearning } from './learning.ts';
import { toFactShape, toFactShapes, toTime } from './shapes.ts';

/** Why an episode came about, as the API shows it. */
export type EpisodeExplanation = NonNullable<Awaited<ReturnType<typeof reportEpisodeExplanation>>>;
/** Why a rule does or does not act now, as the API shows it. */
export type RuleExplanation = Awaited<ReturnType<typeof reportRuleExplanation>>;

/** No more targets than this are explained at once. */
const MOST_TARGETS = 50;

/** What is known at a moment; without facts nothing has been read yet. */
export interface Present {
  /** Every rule in force. */
  rules: readonly Rule[];
  facts: Facts | undefined;
  history: History;
  policy: Policy;
  nowMs: number;
  /** For what is asked only when somebody wants to know it. */
  ask?: Ask;
}

/** Why a rule does or does not act now, on each of its targets that have the given labels. */
export async function reportRuleExplanation(engine: RuleEngine, labels: Labels, present: Present) {
  const { name: rule, version, mode } = engine.rule;
  const { facts, nowMs } = present;
  const matches = facts === undefined ? [] : await evaluate([engine], facts);
  const asked = matches.filter(({ target }) => coversLabels(target, labels));
  const explained = asked.slice(0, MOST_TARGETS).map((match) => ({
    match,
    explanation: explainMatch(match, { ...present, matches, facts: facts! }),
  }));
  const learning = await learningOf(explained, present);
  const items = explained.map(async ({ match, explanation }) => ({
    ...(await toExplanationShape(engine, match, explanation)),
    learning: learning.get(match) ?? [],
  }));
  return {
    ...{ rule, version, mode, at: toTime(nowMs) },
    note: noteOn(engine, { facts, matches, asked }),
    evidence: reportEvidence(engine.rule, present.history),
    items: await Promise.all(items),
  };
}

/** Until when the baselines learn that hold a match back. */
async function learningOf(
  explained: readonly { match: Match; explanation: Explanation }[],
  { facts, policy, ask }: Present,
): Promise<ReadonlyMap<Match, LearningShape[]>> {
  const heldBack = explained
    .filter(({ explanation: { guards } }) =>
      guards.some(({ guard, objection }) => guard === 'learning' && objection !== undefined),
    )
    .map(({ match }) => match);
  if (facts === undefined || heldBack.length === 0) return new Map();
  return reportLearning(heldBack, { facts, maxAgeMs: policy.maxAgeMs, ask });
}

interface Seen {
  facts: Facts | undefined;
  matches: readonly Match[];
  asked: readonly Match[];
}

/** Why less is explained than one might expect, or null. */
function noteOn({ rule }: RuleEngine, { facts, matches, asked }: Seen): string | null {
  if (rule.mode === 'off') return 'the rule is off: it is not evaluated, and acts on nothing';
  if (facts === undefined) return 'no facts have been read yet';
  if (matches.length === 0) {
    return `the rule has no target: none of its facts has a series with the labels ${rule.target.by.join(', ')}`;
  }
  if (asked.length === 0) {
    return `none of its targets has these labels; it has ${list(matches.map(({ target }) => targetKey(target)))}`;
  }
  return asked.length > MOST_TARGETS ? `only ${MOST_TARGETS} of ${asked.length} targets are shown` : null;
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, 5);
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

async function toExplanationShape(engine: RuleEngine, match: Match, explanation: Explanation) {
  const { acts, text, firing, episode, guards } = explanation;
  return {
    target: match.target,
    acts,
    text,
    outcome: match.outcome,
    facts: toFactShapes(match.facts),
    conditions: await traceConditions(engine, match.facts),
    firing:
      firing === undefined
        ? null
        : { since: toTime(firing.sinceMs), held_seconds: firing.heldMs / 1000, held: firing.held },
    episode: episode ?? null,
    guards: guards.map(({ guard, objection }) => ({ guard, objection: objection ?? null })),
  };
}

/** How far back the first signs of a firing are looked for. */
const ROWS_BEFORE = 200;

/** Why an episode came about and what became of it, or undefined when there is none of that name. */
export async function reportEpisodeExplanation(
  journal: JournalReader,
  id: string,
  versionOf: (journal: JournalReader, decided: Decided) => Promise<RuleVersion | undefined>,
) {
  const rows = await rowsOfEpisode(journal, id);
  const [first] = rows;
  if (first?.event.kind !== 'decided') return undefined;
  const decided = first.event;
  const events = rows.map(({ event }) => event);
  const before = await signsBefore(journal, decided, first.seq);
  const version = await versionOf(journal, decided);
  return {
    episode: id,
    rule: decided.rule,
    rule_version: decided.ruleVersion,
    target: decided.target,
    state: stateOf(decided, events),
    text: `${describeEvent(decided)}: it had fired for ${secondsBefore(decided)} s, and no guard objected`,
    fired_for_seconds: secondsBefore(decided),
    facts: toFactShapes(decided.facts),
    conditions: version === undefined ? null : await traceConditions(buildRuleEngine(version), decided.facts),
    rule_text: version === undefined || version.text === '' ? null : version.text,
    timeline: toTimeline([...before, ...events]),
    result: resultOf(decided, events),
  };
}

/** The start of the firing that led to the episode, and what held the rule back meanwhile. */
async function signsBefore(
  journal: JournalReader,
  decided: Decided,
  beforeSeq: number,
): Promise<JournalEvent[]> {
  const kinds = ['firing_started', 'suppressed'] as const;
  const rows = await journal.find({ rule: decided.rule, kinds, beforeSeq, limit: ROWS_BEFORE });
  return rows
    .map(({ event }) => event)
    .filter((event) => 'targetKey' in event && event.targetKey === decided.targetKey)
    .filter(({ at }) => at >= decided.firingStart)
    .reverse();
}

function secondsBefore({ at, firingStart }: Decided): number {
  return (at - firingStart) / 1000;
}

/** What the action was to do, and what came of it so far. */
function resultOf({ expect, observedBefore }: Decided, events: readonly JournalEvent[]): string {
  const { signal, direction } = expect;
  const verified = events.findLast((event) => event.kind === 'verified');
  const wanted = `${signal} was to go ${direction}; it was ${valueOf(observedBefore)} before`;
  if (verified === undefined) return `${wanted}, and there is no verdict yet`;
  const review = events.findLast((event) => event.kind === 'verdict_reviewed');
  const { verdict } = review ?? verified;
  return `${wanted} and ${valueOf(verified.observedAfter)} after: ${verdict}. ${describeVerdict({ ...verified, review }, expect)}`;
}

function valueOf(fact: Decided['observedBefore']): string {
  const { value, status } = toFactShape(fact);
  return value === null ? status : String(value);
}
