import { useTheme2 } from '@grafana/ui';
import React from 'react';
import { type EnhancementModel, type Episode, type Suppression } from '../../model/enhancements';
import { DataTable } from '../DataTable';
import { moment } from '../format';
import { useViewContext } from '../view-context';
import { effectText } from './effect';
import { verdictText } from './verdict-look';

type Row = { timeMs: number } & ({ episode: Episode } | { held: Suppression });

/** Episodes and what was held back, the latest first. */
export function EnhancementsTable({
  model: { episodes, suppressions },
  height,
}: {
  model: EnhancementModel;
  height: number;
}) {
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const rows: Row[] = [
    ...episodes.map((episode) => ({ timeMs: episode.startMs, episode })),
    ...suppressions.map((held) => ({ timeMs: held.timeMs, held })),
  ].sort((a, b) => b.timeMs - a.timeMs);
  return (
    <DataTable
      caption="Episodes and what was held back, latest first"
      height={height}
      rows={rows}
      rowKey={(row) => ('episode' in row ? `done ${row.episode.key}` : `held ${row.held.key}`)}
      empty="Nothing was done and nothing held back."
      columns={[
        { title: 'When', cell: ({ timeMs }) => moment(timeMs, timeZone) },
        { title: 'Rule', cell: (row) => ('episode' in row ? row.episode : row.held).rule },
        { title: 'Target', cell: (row) => ('episode' in row ? row.episode : row.held).target ?? '' },
        { title: 'What came of it', cell: wordsOf },
        {
          title: 'Effect',
          cell: (row) => ('episode' in row ? effectText(row.episode, theme, timeZone) : ''),
          numeric: true,
        },
      ]}
    />
  );
}

function wordsOf(row: Row): string {
  if ('episode' in row) {
    return verdictText(row.episode.verdict, row.episode.reason);
  }
  const { guard, reason, count } = row.held;
  return `held back by ${guard}${reason === undefined ? '' : `: ${reason}`}${count > 1 ? ` (${count} times)` : ''}`;
}
