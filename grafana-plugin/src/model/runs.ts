import { type AgentMetricLabels, type Schema } from '@evenkeel/agent-api';
import { METRIC, type SeriesSet } from '../frames';

/** States of a target from the decision to act until there is a verdict, the latest first: the agent's own words. */
const STATES = ['measuring', 'reverting', 'settling', 'executing', 'awaiting_approval'] as const;
const RUNNING: readonly string[] = STATES satisfies ReadonlyArray<Schema<'TargetState'>>;

/** Time in which a rule was at work, as far as samples of its states tell. */
export interface Run {
  rule: string;
  startMs: number;
  /** The first sample at which it was over; undefined: it goes on now. */
  endMs: number | undefined;
  /** The state it was in last. */
  state: string;
}

/** When each rule was at work, from `evenkeel_agent_rule_state`. What ended unseen, because its samples did, is left out. */
export function readRuns(set: SeriesSet): Run[] {
  return [...stateSamples(set)].flatMap(([rule, stateAt]) => runsOf(rule, stateAt, set));
}

/** By rule: its state at each time; undefined where no target of it was at work. */
function stateSamples(set: SeriesSet): Map<string, Map<number, string | undefined>> {
  const rules = new Map<string, Map<number, string | undefined>>();
  for (const { labels, timesMs, values } of set.of(METRIC.ruleState)) {
    const { rule = '', state = '' }: AgentMetricLabels<'ruleState'> = labels;
    const stateAt = rules.get(rule) ?? new Map<number, string | undefined>();
    rules.set(rule, stateAt);
    const rank = RUNNING.indexOf(state);
    timesMs.forEach((timeMs, index) => {
      const isIn = rank !== -1 && (values[index] ?? 0) > 0;
      const before = stateAt.get(timeMs);
      const isLater = before === undefined || rank < RUNNING.indexOf(before);
      stateAt.set(timeMs, isIn && isLater ? state : before);
    });
  }
  return rules;
}

function runsOf(rule: string, stateAt: ReadonlyMap<number, string | undefined>, set: SeriesSet): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const [timeMs, state] of [...stateAt].sort(([a], [b]) => a - b)) {
    if (state !== undefined) {
      open = { rule, startMs: open?.startMs ?? timeMs, endMs: undefined, state };
    } else if (open !== undefined) {
      runs.push({ ...open, endMs: timeMs });
      open = undefined;
    }
  }
  const isOfNow = set.of(METRIC.ruleState).some((series) => series.labels.rule === rule && set.current(series));
  return open !== undefined && isOfNow ? [...runs, open] : runs;
}
