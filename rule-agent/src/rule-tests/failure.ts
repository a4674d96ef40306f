import { type Diagnostic, formatDuration } from '@evenkeel/toolkit';
import { targetKey } from '../model/target.ts';
import { situationLines } from '../terminal/index.ts';
import type { Standing } from './play.ts';
import type { Expectation } from './schema.ts';

/** What a test may say of a rule on a target. */
export const ASPECTS = ['state', 'decision', 'guard'] as const;
type Aspect = (typeof ASPECTS)[number];

export interface Failure {
  test: string;
  expected: Expectation;
  found: Standing;
  differing: readonly Aspect[];
  /** Where in the file it is expected. */
  place: Diagnostic;
}

/** Longer stories are cut at their beginning. */
const MOST_EVENTS = 12;

export function differs(aspect: Aspect, expected: Expectation, found: Standing): boolean {
  return expected[aspect] !== undefined && expected[aspect] !== found[aspect];
}

/** What was expected and what was found, why, and how it came to that. */
export function renderFailure({ test, expected, found, differing, place }: Failure): string {
  const { at, rule, target } = expected;
  return [
    `${place.file}:${place.line}:${place.column}: ${test}`,
    `  At ${formatDuration(at)}, ${rule} on ${targetKey(target)}:`,
    ...differing.flatMap((aspect) => [
      `  - ${aspect.padEnd(8)} ${expected[aspect]}   (expected)`,
      `  + ${aspect.padEnd(8)} ${found[aspect]}   (found)`,
    ]),
    ...because(found).map((line) => `    ${line}`),
    ...storyOf(found).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function because({ decision, explanation: { note, items } }: Standing): string[] {
  const [item] = items;
  // What follows from a decision, such as its cooldown, is not why nothing was sent.
  if (decision === 'shadow' && item !== undefined)
    return ['It would act, but the rule is in mode shadow.', ...situationLines(item)];
  if (item === undefined) return [`Because ${note ?? 'nothing is known of this target'}.`];
  return [`${item.acts ? 'It acts' : 'It does not act'} after this: ${item.text}.`, ...situationLines(item)];
}

function storyOf({ story }: Standing): string[] {
  if (story.length === 0) return ['Nothing had happened up to then.'];
  const shown = story.slice(-MOST_EVENTS);
  const times = shown.map(({ elapsedMs }) => formatDuration(elapsedMs));
  const width = Math.max(...times.map((time) => time.length));
  return [
    shown.length < story.length
      ? `What had happened up to then, the last ${MOST_EVENTS}:`
      : 'What had happened up to then:',
    ...shown.map(({ text }, index) => `  ${times[index]!.padEnd(width)}  ${text}`),
  ];
}
