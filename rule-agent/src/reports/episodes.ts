import type { Journal, JournalRow } from '../journal/index.ts';
import type { Decided, Finished, JournalEvent, Plan, Verified } from '../model/event.ts';
import { describeEvent } from './describe.ts';
import { toActionShape, toExpectShape, toFactShape, toFactShapes, toTime } from './shapes.ts';

/** No episode has more rows than this: one decision, two starts, one end, one verdict. */
const ROWS_PER_EPISODE = 20;

/** Episodes, newest first, each with what became of it so far. */
export async function reportEpisodes(journal: Journal, decidedRows: readonly JournalRow[]) {
  return Promise.all(
    decidedRows.flatMap(({ seq, event }) =>
      event.kind === 'decided' ? [reportOne(journal, seq, event)] : [],
    ),
  );
}

/** One episode with its timeline, or undefined when there is none of that name. */
export async function reportEpisode(journal: Journal, episode: string) {
  const rows = (await journal.find({ episode, limit: ROWS_PER_EPISODE })).reverse();
  const first = rows[0];
  if (first?.event.kind !== 'decided') return undefined;
  const timeline = rows.map(({ event }) => ({
    at: toTime(event.at),
    kind: event.kind,
    text: describeEvent(event),
  }));
  return { ...toEpisodeShape(first.seq, first.event, rows), timeline };
}

async function reportOne(journal: Journal, seq: number, decided: Decided) {
  const rows = await journal.find({ episode: decided.episode, limit: ROWS_PER_EPISODE });
  return toEpisodeShape(seq, decided, rows.reverse());
}

function toEpisodeShape(seq: number, decided: Decided, rows: readonly JournalRow[]) {
  const events = rows.map(({ event }) => event);
  const started = events.findLast((event) => event.kind === 'started');
  const finished = events.find((event) => event.kind === 'finished');
  const verified = events.find((event) => event.kind === 'verified');
  return {
    id: decided.episode,
    sequence: seq,
    rule: decided.rule,
    rule_version: decided.ruleVersion,
    priority: decided.priority,
    mode: decided.mode,
    target: decided.target,
    state: stateOf(decided, { started, finished, verified }),
    firing_since: toTime(decided.firingStart),
    decided_at: toTime(decided.at),
    started_at: toTime(started?.at),
    finished_at: toTime(finished?.at),
    verified_at: toTime(verified?.at),
    action: toActionShape(decided.action),
    plan: toPlanShape(finished?.plan ?? started?.plan),
    idempotency_key: started?.idempotencyKey ?? decided.idempotencyKey,
    outcome: finished?.outcome ?? null,
    outcome_because: finished?.because ?? null,
    reconciled: finished?.reconciled ?? false,
    expect: toExpectShape(decided.expect),
    facts: toFactShapes(decided.facts),
    observed_before: toFactShape(decided.observedBefore),
    observed_after: verified === undefined ? null : toFactShape(verified.observedAfter),
    verdict: verified?.verdict ?? null,
  };
}

interface Course {
  started: JournalEvent | undefined;
  finished: Finished | undefined;
  verified: Verified | undefined;
}

function stateOf(decided: Decided, { started, finished, verified }: Course): string {
  if (decided.mode === 'shadow') return 'shadow';
  if (verified !== undefined) return 'verified';
  if (finished !== undefined) return finished.outcome === 'applied' ? 'settling' : 'finished';
  return started === undefined ? 'decided' : 'executing';
}

function toPlanShape(plan: Plan | undefined) {
  if (plan === undefined) return null;
  const { system, name, from, to } = plan;
  return { system, name, from, to };
}
