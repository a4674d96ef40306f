import { type Explanation } from '../decisions/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Decided, JournalEvent } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import { targetKey } from '../model/target.ts';
import { type RuleEngine, traceConditions } from '../rules/index.ts';
import { describeEvent } from './describe.ts';
import { toFactShapes, toTime } from './shapes.ts';

/** Why a rule does or does not act on a target now, with the conditions part by part. */
export async function toExplanationShape(engine: RuleEngine, match: Match, explanation: Explanation) {
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

const ROWS_PER_EPISODE = 50;
/** How far back the first signs of a firing are looked for. */
const ROWS_BEFORE = 200;

/** Why an episode came about and what became of it, or undefined when there is none of that name. */
export async function reportEpisodeExplanation(
  journal: Journal,
  id: string,
  engineOf: (rule: string) => RuleEngine | undefined,
) {
  const rows = (await journal.find({ episode: id, limit: ROWS_PER_EPISODE })).reverse();
  const [first] = rows;
  if (first?.event.kind !== 'decided') return undefined;
  const decided = first.event;
  const before = await signsBefore(journal, decided, first.seq);
  const engine = engineOf(decided.rule);
  const timeline = [...before, ...rows.map(({ event }) => event)];
  return {
    episode: id,
    rule: decided.rule,
    rule_version: decided.ruleVersion,
    target: decided.target,
    text: sentence(decided),
    fired_for_seconds: (decided.at - decided.firingStart) / 1000,
    facts: toFactShapes(decided.facts),
    conditions:
      engine?.rule.version === decided.ruleVersion ? await traceConditions(engine, decided.facts) : null,
    timeline: timeline.map((event) => ({
      at: toTime(event.at),
      kind: event.kind,
      text: describeEvent(event),
    })),
  };
}

/** The start of the firing that led to the episode, and what held the rule back meanwhile. */
async function signsBefore(journal: Journal, decided: Decided, beforeSeq: number): Promise<JournalEvent[]> {
  const kinds = ['firing_started', 'suppressed'] as const;
  const rows = await journal.find({ rule: decided.rule, kinds, beforeSeq, limit: ROWS_BEFORE });
  return rows
    .map(({ event }) => event)
    .filter((event) => 'targetKey' in event && event.targetKey === decided.targetKey)
    .filter(({ at }) => at >= decided.firingStart)
    .reverse();
}

function sentence({ rule, target, at, firingStart, mode }: Decided): string {
  const held = `${(at - firingStart) / 1000} s`;
  const did = {
    auto: 'acted',
    approve: 'asked a person',
    shadow: 'would have acted, but was in shadow mode',
  };
  return `${rule} fired on ${targetKey(target)} for ${held}, no guard objected, and it ${did[mode]}`;
}
