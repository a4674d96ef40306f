import { useTheme2 } from '@grafana/ui';
import React from 'react';
import { type Entity, signalsOf } from '../../model/entities';
import { DataTable } from '../DataTable';
import { percent, points } from '../format';
import { scoreText } from '../score/score-words';
import { useViewContext } from '../view-context';
import { reasonOf } from './EntityTile';

export function EntitiesTable({ entities, height }: { entities: readonly Entity[]; height: number }) {
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  return (
    <DataTable
      caption="Entities, worst first"
      height={height}
      rows={entities}
      rowKey={({ key }) => key}
      empty="No entities"
      columns={[
        { title: 'Entity', cell: ({ key }) => key },
        {
          title: 'Score',
          cell: ({ state, series }) => scoreText(state, series.field, { theme, timeZone }).words,
          numeric: true,
        },
        { title: 'Known', cell: ({ coverage }) => percent(coverage), numeric: true },
        { title: 'What costs most', cell: reasonOf },
        {
          title: 'Signals',
          cell: (entity) =>
            signalsOf(entity)
              .map(({ title, score }) => `${title} ${score === undefined ? 'no data' : points(score)}`)
              .join(', '),
        },
      ]}
    />
  );
}
