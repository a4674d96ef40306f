import { formatDuration } from '@evenkeel/toolkit';
import type { ReplayDifference } from './compare.ts';
import type { ReplayedFiring } from './firing-log.ts';
import type { ReplayReport } from './replay.ts';
import type { Sensitivity } from './sensitivity.ts';

export type ReplayFormat = 'table' | 'json' | 'csv';

/** A report, with how it differs from that of an older version where one was played too. */
export interface RenderedReplay {
  report: ReplayReport;
  difference?: ReplayDifference;
}

/** A report as a text that ends its last line. */
export function renderReplay(rendered: RenderedReplay, format: ReplayFormat): string {
  if (format === 'json')
    return `${JSON.stringify({ ...rendered.report, ...differenceOf(rendered) }, null, 2)}\n`;
  return format === 'csv' ? csvOf(rendered.report) : textOf(rendered);
}

function differenceOf({ difference }: RenderedReplay) {
  return difference === undefined ? {} : { against: difference };
}

type Firing = ReplayReport['firings'][number];

const COLUMNS: readonly { name: string; of: (firing: Firing) => string }[] = [
  { name: 'rule', of: ({ rule }) => rule },
  { name: 'target', of: targetOf },
  { name: 'start', of: ({ startMs }) => new Date(startMs).toISOString() },
  { name: 'end', of: ({ endMs }) => (endMs === undefined ? '' : new Date(endMs).toISOString()) },
  { name: 'ended', of: ({ ended = '' }) => ended },
  { name: 'actions', of: ({ decided }) => String(decided.length) },
  { name: 'held_back_by', of: guardsOf },
  {
    name: 'because',
    of: ({ suppressed }) => [...new Set(suppressed.map(({ because }) => because))].join('; '),
  },
  { name: 'alerts', of: ({ alerts }) => alerts.join(' ') },
];

function csvOf({ firings }: ReplayReport): string {
  const rows = firings.map((firing) => COLUMNS.map(({ of }) => quote(of(firing))).join(','));
  return `${[COLUMNS.map(({ name }) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

/** RFC 4180. A text that a spreadsheet would take for a formula is made one that it does not. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf({ report, difference }: RenderedReplay): string {
  const { firings, stepMs, unknown, alertsUnread } = report;
  return [
    `${shortTime(report.fromMs)} to ${shortTime(report.toMs)} UTC, a look every ${formatDuration(stepMs)}: what is shorter than that may be missed`,
    '',
    ...(firings.length === 0 ? ['no rule fired'] : tableOf(firings)),
    '',
    ...report.rules.map(
      ({ name, sensitivity }) => `${name}: ${summaryOf(name, firings)}; ${describe(sensitivity)}`,
    ),
    ...unknown.map((name) => `warning: nothing was known of the facts of ${name} in this time`),
    ...(alertsUnread === undefined ? [] : [`warning: alerts of that time cannot be read: ${alertsUnread}`]),
    ...(difference === undefined ? [] : differenceLines(difference)),
    '',
  ].join('\n');
}

function tableOf(firings: readonly Firing[]): string[] {
  const head = ['RULE', 'TARGET', 'START', 'LASTED', 'ACTIONS', 'HELD BACK BY', 'ALERTS'];
  const rows = firings.map((firing) => [
    ...[firing.rule, targetOf(firing), shortTime(firing.startMs), lasted(firing)],
    ...[String(firing.decided.length), guardsOf(firing) || '-', firing.alerts.join(' ') || '-'],
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

function summaryOf(name: string, firings: readonly Firing[]): string {
  const own = firings.filter(({ rule }) => rule === name);
  const actions = own.reduce((sum, { decided }) => sum + decided.length, 0);
  const short = own.filter(isTooShort).length;
  return `${counted(own.length, 'firing')}${short === 0 ? '' : ` (${short} shorter than "for")`}, ${counted(actions, 'action')}`;
}

/** It was over before `for` was: nothing was decided, and nothing had to be held back. */
function isTooShort({ ended, decided, suppressed }: Firing): boolean {
  return ended !== undefined && decided.length === 0 && suppressed.length === 0;
}

function describe(sensitivity: Sensitivity): string {
  if (!sensitivity.ok) return `a verdict could tell nothing yet: ${sensitivity.because}`;
  const { moments, lowered, standardError, smallestSeen } = sensitivity;
  const compared = `${counted(moments, 'comparable moment')}${lowered ? ' (of a lower threshold)' : ''}`;
  const smallest =
    smallestSeen === undefined
      ? 'too few to see an effect'
      : `an effect of ${smallestSeen.toPrecision(3)} is seen 8 times in 10`;
  return `${compared}, standard error ${standardError.toPrecision(3)}, ${smallest}`;
}

function differenceLines({ added, removed, kept }: ReplayDifference): string[] {
  const line = (sign: string) => (firing: ReplayedFiring) =>
    `${sign} ${firing.rule}  ${targetOf(firing)}  ${shortTime(firing.startMs)}  ${lasted(firing)}`;
  return [
    '',
    `against the older version: ${added.length} more, ${removed.length} fewer, ${kept} the same`,
    ...added.map(line('+')),
    ...removed.map(line('-')),
  ];
}

function targetOf({ target }: ReplayedFiring): string {
  return Object.entries(target)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function guardsOf({ suppressed }: ReplayedFiring): string {
  return [...new Set(suppressed.map(({ guard }) => guard))].join(' ');
}

function lasted({ startMs, endMs }: ReplayedFiring): string {
  return endMs === undefined ? 'goes on' : formatDuration(endMs - startMs);
}

function shortTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
