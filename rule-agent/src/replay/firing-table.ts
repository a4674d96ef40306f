import { formatDuration } from '@evenkeel/toolkit';
import type { ReplayedFiring } from './firing-log.ts';
import { type Column, textTable } from './text-table.ts';

/** A firing, with what else happened meanwhile. */
export interface ShownFiring extends ReplayedFiring {
  alerts?: readonly string[];
  episodes?: readonly string[];
  /** Which of two versions has it. */
  sign?: string;
}

/** A line for each firing. */
export function firingTable(firings: readonly ShownFiring[], width: number | undefined): string[] {
  const names = namesOfAll(firings);
  const columns: Column<ShownFiring>[] = [
    { title: '', of: ({ sign = '' }) => sign },
    { title: 'RULE', of: ({ rule }) => rule, gives: true },
    names === undefined
      ? { title: 'TARGET', of: targetOf, gives: true }
      : { title: names.toUpperCase(), of: ({ target }) => Object.values(target).join(' '), gives: true },
    // The year stands above the table.
    { title: 'START', of: ({ startMs }) => shortTime(startMs).slice('2026-'.length) },
    { title: 'LASTED', of: lasted, isNumber: true },
    { title: 'ACTIONS', of: ({ decided }) => String(decided.length), isNumber: true },
    { title: 'GUARDS', of: guardsOf, gives: true },
    { title: 'ALERTS', of: ({ alerts = [] }) => alerts.join(' '), gives: true },
    { title: 'EPISODES', of: ({ episodes = [] }) => episodes.join(' '), gives: true },
  ];
  return textTable(firings, columns, width);
}

/** The labels of the targets, where all have the same: then they need not stand in each line. */
function namesOfAll(firings: readonly ShownFiring[]): string | undefined {
  const names = new Set(firings.map(({ target }) => Object.keys(target).join(' ')));
  return names.size === 1 ? [...names][0] : undefined;
}

export function targetOf({ target }: Pick<ReplayedFiring, 'target'>): string {
  return Object.entries(target)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

export function guardsOf({ suppressed }: Pick<ReplayedFiring, 'suppressed'>): string {
  return [...new Set(suppressed.map(({ guard }) => guard))].join(' ');
}

function lasted({ startMs, endMs }: ReplayedFiring): string {
  return endMs === undefined ? 'goes on' : formatDuration(endMs - startMs);
}

export function shortTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
