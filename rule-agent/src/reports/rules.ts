import { type History, phaseOf, type Track } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import {
  toActionShape,
  toBudgetShape,
  toExpectShape,
  toFactSpecShape,
  toHoldingShape,
  toScheduleShape,
  toTime,
} from './shapes.ts';

/** Every rule as it was loaded, and where it stands on each of its targets. */
export function reportRules(rules: readonly Rule[], history: History, nowMs: number) {
  const tracks = Map.groupBy(history.tracks.values(), ({ rule }) => rule);
  return rules.map((rule) => ({
    name: rule.name,
    version: rule.version,
    description: rule.description,
    owner: rule.owner ?? null,
    labels: rule.labels,
    priority: rule.priority,
    mode: rule.mode,
    file: rule.file,
    target: rule.target,
    facts: Object.fromEntries(
      Object.entries(rule.facts).map(([name, spec]) => [name, toFactSpecShape(spec)]),
    ),
    when: rule.when,
    clear: rule.clear ?? null,
    ...toHoldingShape(rule.holding),
    cooldown_seconds: rule.cooldownMs / 1000,
    schedule: rule.schedule === undefined ? null : toScheduleShape(rule.schedule),
    budget: { rule: toBudgetShape(rule.budget.rule), target: toBudgetShape(rule.budget.target) },
    when_learning: rule.whenLearning,
    action: toActionShape(rule.action),
    expect: toExpectShape(rule.expect),
    targets:
      rule.mode === 'off'
        ? []
        : (tracks.get(rule.name) ?? []).map((track) => toTrackShape(track, history, nowMs)),
  }));
}

function toTrackShape(track: Track, history: History, nowMs: number) {
  const { suppression, seen, firing } = track;
  return {
    target: track.target,
    state: phaseOf(track, history, nowMs),
    because: suppression?.because ?? (seen?.because === '' ? null : seen?.because) ?? null,
    suppressed_by: suppression?.guard ?? null,
    firing_since: toTime(firing?.sinceMs),
    cooldown_until: track.cooldownUntilMs > nowMs ? toTime(track.cooldownUntilMs) : null,
    episode: track.episode ?? null,
    seen_at: toTime(seen?.atMs),
  };
}
