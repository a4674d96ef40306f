import { formatDuration } from '@evenkeel/toolkit';
import type { ReplayDifference } from './compare.ts';
import { firingTable, guardsOf, shortTime, targetOf } from './firing-table.ts';
import type { ReplayReport } from './replay.ts';
import { lineOf, ruleTable } from './rule-table.ts';
import { wrapped } from './text-table.ts';

export type ReplayFormat = 'table' | 'json' | 'csv';

/** A report, with how it differs from that of an older version where one was played too. */
export interface RenderedReplay {
  report: ReplayReport;
  difference?: ReplayDifference;
  /** Of the terminal; without it a table is as wide as it needs to be. */
  width?: number | undefined;
}

/** A report as a text that ends its last line. */
export function renderReplay(rendered: RenderedReplay, format: ReplayFormat): string {
  if (format === 'json')
    return `${JSON.stringify({ ...rendered.report, ...differenceOf(rendered) }, null, 2)}\n`;
  return format === 'csv' ? csvOf(rendered.report) : textOf(rendered, rendered.width);
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
  { name: 'episodes', of: ({ episodes }) => episodes.join(' ') },
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

function textOf({ report, difference }: RenderedReplay, width: number | undefined): string {
  const { firings, stepMs, fromMs, toMs } = report;
  const rules = report.rules.map((rule) => ({
    ...rule,
    firings: firings.filter((firing) => firing.rule === rule.name),
  }));
  const say = (text: string) => wrapped(text, lineOf(width));
  return [
    ...say(
      `${shortTime(fromMs)} to ${shortTime(toMs)} UTC, a look every ${formatDuration(stepMs)}: what is shorter than that may be missed`,
    ),
    '',
    ...(firings.length === 0 ? ['no rule fired'] : firingTable(firings, width)),
    '',
    ...ruleTable(rules, width),
    ...notesOn(report).flatMap(say),
    ...(difference === undefined ? [] : differenceLines(difference, width)),
    '',
  ].join('\n');
}

/** Until series are there that are recorded every few minutes. */
const LATE_STEPS = 20;

function notesOn({
  rules,
  fromMs,
  stepMs,
  knownFromMs,
  alertsUnread,
  unseenEpisodes,
}: ReplayReport): string[] {
  const late = knownFromMs - fromMs > LATE_STEPS * stepMs;
  return [
    ...(late
      ? [
          `warning: nothing is known before ${shortTime(knownFromMs)}: the range may begin before the retention`,
        ]
      : []),
    ...rules.flatMap(({ name, known: { because } }) =>
      because === undefined ? [] : [`warning: ${name} could not be evaluated at any time: ${because}`],
    ),
    ...(alertsUnread === undefined ? [] : [`warning: alerts of that time cannot be read: ${alertsUnread}`]),
    ...unseenEpisodes.map(
      ({ episode, atMs }) => `warning: episode ${episode} of ${shortTime(atMs)} has no firing here`,
    ),
  ];
}

function differenceLines({ added, removed, kept }: ReplayDifference, width: number | undefined): string[] {
  const differing = [
    ...added.map((firing) => ({ ...firing, sign: '+' })),
    ...removed.map((firing) => ({ ...firing, sign: '-' })),
  ];
  return [
    '',
    `against the older version: ${added.length} more, ${removed.length} fewer, ${kept} the same`,
    ...(differing.length === 0 ? [] : firingTable(differing, width)),
  ];
}
