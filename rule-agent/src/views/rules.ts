import { phaseOf } from '../decisions/index.ts';
import type { History, Track } from '../model/history.ts';
import { type Rule, type RuleTerms, WRITTEN_PREFIX } from '../model/rule.ts';
import { reportEvidence } from './evidence.ts';
import {
  toActionShape,
  toBudgetShape,
  toExpectShape,
  toFactSpecShape,
  toHoldingShape,
  toScheduleShape,
  toSilenceWishShape,
  toTime,
} from './shapes.ts';

/** Every rule as it was loaded, and where it stands on each of its targets. */
export function reportRules(rules: readonly Rule[], history: History, nowMs: number) {
  const tracks = Map.groupBy(history.tracks.values(), ({ rule }) => rule);
  return rules.map((rule) => ({
    ...reportRule(rule, history),
    targets:
      rule.mode === 'off'
        ? []
        : (tracks.get(rule.name) ?? []).map((track) => toTrackShape(track, history, nowMs)),
  }));
}

/** A rule as it is in force. */
export function reportRule(rule: Rule, history: Pick<History, 'setModes' | 'outcomes'>) {
  const set = history.setModes.get(rule.name);
  return {
    name: rule.name,
    version: rule.version,
    description: rule.description,
    owner: rule.owner ?? null,
    labels: rule.labels,
    ...toTermsShape(rule),
    mode_set: set === undefined ? null : { by: set.by, because: set.because, at: toTime(set.at) },
    evidence: reportEvidence(rule, history),
    origin: isWritten(rule) ? ('api' as const) : ('file' as const),
    file: rule.file,
    target: rule.target,
    facts: Object.fromEntries(
      Object.entries(rule.facts).map(([name, spec]) => [name, toFactSpecShape(spec)]),
    ),
    action: toActionShape(rule.action),
    expect: toExpectShape(rule.expect),
    silence_while_acting: toSilenceWishShape(rule.silence),
  };
}

/** The parts of a rule that hold numbers, durations and choices. */
export function toTermsShape({ schedule, budget, ...terms }: RuleTerms) {
  return {
    priority: terms.priority,
    mode: terms.mode,
    when: terms.when,
    clear: terms.clear ?? null,
    ...toHoldingShape(terms.holding),
    cooldown_seconds: terms.cooldownMs / 1000,
    schedule: schedule === undefined ? null : toScheduleShape(schedule),
    budget: { rule: toBudgetShape(budget.rule), target: toBudgetShape(budget.target) },
    when_learning: terms.whenLearning,
  };
}

/** Whether a rule was written through the API: those have a place of their own beside the files. */
export function isWritten({ file }: Rule): boolean {
  return file.startsWith(WRITTEN_PREFIX);
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
