import { formatDuration } from '@evenkeel/toolkit';
import { resourceOf } from '../../actions/kind-of.ts';
import type { Move } from '../../model/history.ts';
import { turnsOf } from '../turns.ts';
import type { Guard, GuardSituation, Policy } from './guard.ts';

/**
 * Something that is moved back and forth: two rules that undo each other, or one and something else that sets back what it
 * sets. It is told by what was set, and stops whoever would move it.
 */
export const oscillation = {
  name: 'oscillation',
  objection({ match: { rule, target } }, situation) {
    const resource = resourceOf(rule.action, target);
    const moves = resource === undefined ? undefined : situation.history.moves.get(resource);
    if (moves === undefined) return undefined;
    const counted = sinceLastChange(moves, situation.rules);
    const stopped = stopOf(counted, situation.policy.oscillation);
    if (stopped === undefined || situation.nowMs >= stopped.untilMs) return undefined;
    const { turns, withinMs } = situation.policy.oscillation;
    const until = new Date(stopped.untilMs).toISOString();
    const often = `${turns} times within ${formatDuration(withinMs)}`;
    return `${resource} was moved back and forth ${often}: ${blame(counted)}; nothing moves it until ${until}`;
  },
} as const satisfies Guard;

/** What a rule did that was changed since, or no longer acts, says nothing of those that do; nor does what was before. */
function sinceLastChange(moves: readonly Move[], rules: GuardSituation['rules']): readonly Move[] {
  const last = moves.findLastIndex(({ rule: name, ruleVersion }) => {
    const rule = rules.get(name);
    return rule?.version !== ruleVersion || rule.mode === 'off' || rule.mode === 'shadow';
  });
  return moves.slice(last + 1);
}

/** From the last turn on, when there were too many close to each other. */
function stopOf(
  moves: readonly Move[],
  { turns: most, withinMs, restMs }: Policy['oscillation'],
): { untilMs: number } | undefined {
  const turns = turnsOf(moves);
  const [first, last] = [turns.at(-most), turns.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs > withinMs) return undefined;
  return { untilMs: last.atMs + restMs };
}

function blame(moves: readonly Move[]): string {
  const names = [...new Set(moves.map(({ rule }) => rule))].sort();
  if (names.length > 1) return `rules ${names.join(' and ')} undo each other`;
  return `something that is not the agent undoes what rule ${names.join()} sets`;
}
