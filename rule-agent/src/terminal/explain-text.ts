import { targetKey } from '../model/target.ts';
import type { ConditionTrace } from '../rules/index.ts';
import type { EpisodeExplanation, RuleExplanation } from '../views/index.ts';

type TargetExplanation = RuleExplanation['items'][number];

/** The explanation of an episode as lines for a terminal. */
export function episodeAsText(episode: EpisodeExplanation): string {
  const { episode: id, rule, rule_version: version, target, conditions, timeline } = episode;
  return lines([
    `Episode ${id}: ${episode.state}`,
    `Rule ${rule}, version ${version}, on ${targetKey(target)}.`,
    `Why: ${episode.text}.`,
    'The facts it was decided on:',
    ...factLines(episode.facts),
    ...(conditions === null ? [] : conditionLines(conditions)),
    'What happened:',
    ...timeline.map(({ at, text }) => `  ${at}  ${text}`),
    `Result: ${episode.result}.`,
  ]);
}

/** The explanation of a rule as lines for a terminal, target after target. */
export function ruleAsText({ rule, version, mode, at, note, evidence, items }: RuleExplanation): string {
  const head = `Rule ${rule}, version ${version}, in mode ${mode}, at ${at}.`;
  const targets = items.map((item) => `\n${lines(targetLines(item))}`);
  const remark = note === null ? '' : `Note: ${note}.\n`;
  return `${head}\n${remark}Evidence: ${evidence.text}.\n${targets.join('')}`;
}

function targetLines({ target, acts, text, ...rest }: TargetExplanation): string[] {
  return [
    `On ${targetKey(target)} ${acts ? text : `it does not act now: ${text}`}.`,
    ...situationLines(rest),
    'Guards, in the order in which they are asked:',
    ...rest.guards.map(({ guard, objection }) => `  ${guard.padEnd(13)} ${objection ?? 'no objection'}`),
    ...learningLines(rest.learning),
  ];
}

function learningLines(learning: TargetExplanation['learning']): string[] {
  if (learning.length === 0) return [];
  return ['Baselines that are not ready:', ...learning.map(({ signal, text }) => `  ${signal}: ${text}`)];
}

/** What is known of a target, what the condition makes of it, and for how long it has held. */
export function situationLines({
  facts,
  conditions,
  firing,
}: Pick<TargetExplanation, 'facts' | 'conditions' | 'firing'>): string[] {
  return ['Facts:', ...factLines(facts), ...conditionLines(conditions), ...firingLines(firing)];
}

function factLines(facts: EpisodeExplanation['facts']): string[] {
  return Object.entries(facts).map(([name, { status, value, because }]) =>
    status === 'ok' ? `  ${name} = ${value}` : `  ${name} is ${status}: ${because}`,
  );
}

function conditionLines({ when, clear }: TargetExplanation['conditions']): string[] {
  return [
    'Condition (when):',
    ...traceLines(when),
    ...(clear === null ? [] : ['Over (clear):', ...traceLines(clear)]),
  ];
}

function traceLines({ holds, text, parts = [] }: ConditionTrace, depth = 0): string[] {
  const answer = holds === null ? '?' : holds ? 'yes' : 'no';
  const own = `  ${answer.padEnd(4)}${'  '.repeat(depth)}${text}`;
  return [own, ...parts.flatMap((part) => traceLines(part, depth + 1))];
}

function firingLines(firing: TargetExplanation['firing']): string[] {
  if (firing === null) return [];
  const { since, held_seconds: seconds, held } = firing;
  return [`It fires since ${since}, for ${seconds} s: ${held ? 'long enough' : 'not long enough yet'}.`];
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
