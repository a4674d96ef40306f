import type { reportEpisode } from './episodes.ts';
import type { reportRules } from './rules.ts';
import { targetKey } from '../model/target.ts';

/** An episode as the API shows it. */
export type EpisodeShape = NonNullable<Awaited<ReturnType<typeof reportEpisode>>>;
/** A rule as the API shows it. */
export type RuleShape = ReturnType<typeof reportRules>[number];

/** Why an episode was, what was done, and what came of it, line by line. */
export function explainEpisode(episode: EpisodeShape): string {
  const { id, rule, rule_version: version, target, state, mode, firing_since: since } = episode;
  return lines([
    `Episode ${id}: ${state}`,
    `Rule ${rule}, version ${version}, in mode ${mode}, on ${targetKey(target)}.`,
    `It fired since ${since ?? 'an unknown time'}, on these facts:`,
    ...explainFacts(episode.facts),
    'What happened:',
    ...episode.timeline.map(({ at, text }) => `  ${at}  ${text}`),
    ...explainVerdict(episode),
  ]);
}

function explainFacts(facts: EpisodeShape['facts']): string[] {
  return Object.entries(facts).map(([name, { status, value, because }]) =>
    status === 'ok' ? `  ${name} = ${value}` : `  ${name} is ${status}: ${because}`,
  );
}

function explainVerdict({
  expect,
  observed_before: before,
  observed_after: after,
  verdict,
}: EpisodeShape): string[] {
  const shown = ({ value, status }: typeof before) => (value === null ? status : String(value));
  const expected = `It was to make ${expect.signal} ${expect.direction}.`;
  if (after === null) return [`${expected} It was ${shown(before)} before.`];
  return [`${expected} It was ${shown(before)} before and ${shown(after)} after; verdict: ${verdict}.`];
}

/** Where a rule stands on a target, and why it does or does not act there now. */
export function explainTarget(rule: RuleShape, target: RuleShape['targets'][number]): string {
  const { state, because, suppressed_by: guard, firing_since: since, cooldown_until: rest, episode } = target;
  return lines([
    `Rule ${rule.name} on ${targetKey(target.target)}: ${state}`,
    guard === null ? '' : `The guard ${guard} holds it back: ${because}.`,
    guard === null && because !== null ? `Because ${because}.` : '',
    since === null ? 'Its condition does not hold.' : `It fires since ${since}.`,
    rest === null ? '' : `It rests until ${rest}.`,
    episode === null ? '' : `Its episode is ${episode}.`,
    rule.mode === 'auto' ? '' : `Its mode is ${rule.mode}: it does not act by itself.`,
  ]);
}

function lines(texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n')}\n`;
}
