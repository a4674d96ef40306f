import type { ReplayedFiring } from './firing-log.ts';
import type { RuleKnowledge } from './knowledge.ts';
import type { Sensitivity } from './sensitivity.ts';
import { type Column, textTable, wrapped } from './text-table.ts';

/** A rule with its firings, and what a verdict on it could tell. */
export interface ShownRule {
  name: string;
  firings: readonly ReplayedFiring[];
  known: RuleKnowledge;
  sensitivity: Sensitivity;
}

/** Where nobody says how wide a line may be. */
const USUAL_WIDTH = 120;

const LEGEND =
  'KNOWN: the share of looks at which its facts were known. SHORT: over before "for" was. MOMENTS: comparable ones, * of a lower threshold. ERROR: the standard error of a forecast, in the unit of the signal. SEEN: the smallest effect that 8 of 10 episodes show. PROOF: episodes until an effect of 0.5, 1 and 2 standard deviations of the signal is proven.';

const COLUMNS: readonly Column<ShownRule>[] = [
  { title: 'RULE', of: ({ name }) => name, gives: true },
  { title: 'KNOWN', of: ({ known: { share } }) => `${Math.floor(100 * share)} %`, isNumber: true },
  { title: 'FIRINGS', of: ({ firings }) => String(firings.length), isNumber: true },
  { title: 'SHORT', of: ({ firings }) => countOr(firings.filter(isTooShort).length), isNumber: true },
  { title: 'ACTIONS', of: ({ firings }) => String(actionsIn(firings)), isNumber: true },
  { title: 'MOMENTS', of: momentsOf, isNumber: true },
  { title: 'ERROR', of: ({ sensitivity }) => figure(known(sensitivity)?.standardError), isNumber: true },
  { title: 'SEEN', of: ({ sensitivity }) => figure(known(sensitivity)?.smallestSeen), isNumber: true },
  { title: 'PROOF', of: ({ sensitivity }) => proofs(known(sensitivity)), isNumber: true },
];

/** A line for each rule, what the columns are, and why a verdict could tell nothing. */
export function ruleTable(rules: readonly ShownRule[], width: number | undefined): string[] {
  const legend = rules.some(({ sensitivity }) => sensitivity.ok)
    ? ['', ...wrapped(LEGEND, lineOf(width))]
    : [];
  const reasons = rules.flatMap(({ name, sensitivity }) =>
    sensitivity.ok
      ? []
      : wrapped(`${name}: a verdict could tell nothing yet: ${sensitivity.because}`, lineOf(width)),
  );
  return [...textTable(rules, COLUMNS, width), ...legend, ...(reasons.length === 0 ? [] : ['', ...reasons])];
}

export function lineOf(width = USUAL_WIDTH): number {
  return Math.min(width, USUAL_WIDTH);
}

type Known = Extract<Sensitivity, { ok: true }>;

function known(sensitivity: Sensitivity): Known | undefined {
  return sensitivity.ok ? sensitivity : undefined;
}

function momentsOf({ sensitivity }: ShownRule): string {
  return sensitivity.ok ? `${sensitivity.moments}${sensitivity.lowered ? '*' : ''}` : '';
}

function proofs(sensitivity: Known | undefined): string {
  return sensitivity?.proof.map(({ episodes }) => String(episodes ?? '-')).join('/') ?? '';
}

function actionsIn(firings: readonly ReplayedFiring[]): number {
  return firings.reduce((sum, { decided }) => sum + decided.length, 0);
}

/** It was over before `for` was: nothing was decided, and nothing had to be held back. */
function isTooShort({ ended, decided, suppressed }: ReplayedFiring): boolean {
  return ended !== undefined && decided.length === 0 && suppressed.length === 0;
}

function countOr(count: number): string {
  return count === 0 ? '' : String(count);
}

/** Three digits. */
function figure(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(3)));
}
