import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { type ScoreModel } from '../../model/score';
import { roundTogether } from '../../model/shown-points';
import { signalBook } from '../../model/signals';
import { DataTable } from '../DataTable';
import { percent, points, type DisplayContext } from '../format';
import { type Operation } from '../operation';
import { useViewContext } from '../view-context';
import { domainTitle, lossTitle, scoreField, scoreText, whatIfText } from './score-words';

interface Props {
  operation: Operation;
  score: ScoreModel;
  height: number;
}

interface Row {
  key: string;
  what: string;
  domain: string;
  score: string;
  cost: string;
  note: string;
}

/** The same as the drawing: total, domains, losses. */
export function ScoreTable({ operation, score, height }: Props) {
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const rows = useMemo(
    () => [...scoreRows(score, { theme, timeZone }), ...lossRows(operation, score, { theme, timeZone })],
    [operation, score, theme, timeZone]
  );
  return (
    <DataTable
      caption={`Scores and losses, points of the ${score.pointsOf}`}
      height={height}
      rows={rows}
      rowKey={({ key }) => key}
      empty="No scores"
      columns={[
        { title: 'What', cell: ({ what }) => what },
        { title: 'Domain', cell: ({ domain }) => domain },
        { title: 'Score', cell: (row) => row.score, numeric: true },
        { title: 'Costs', cell: ({ cost }) => cost, numeric: true },
        { title: 'Note', cell: ({ note }) => note },
      ]}
    />
  );
}

function scoreRows(score: ScoreModel, context: DisplayContext): Row[] {
  const field = scoreField(score);
  const words = (state: ScoreModel['total']) => scoreText(state, field, context).words;
  return [
    { key: 'total', what: 'Operation', domain: '', score: words(score.total), cost: '', note: '' },
    ...score.domains.map((domain) => ({
      key: `domain/${domain.name}`,
      what: domainTitle(domain),
      domain: domainTitle(domain),
      score: words(domain.state),
      cost: '',
      note: domain.coverage === undefined ? '' : `${percent(domain.coverage)} of its weight is known`,
    })),
  ];
}

function lossRows({ set }: Operation, { losses }: ScoreModel, context: DisplayContext): Row[] {
  const book = signalBook(set);
  const shown = roundTogether(losses.map((loss) => loss.points));
  return losses.map((loss, index) => ({
    key: loss.key,
    what: lossTitle(loss, book),
    domain: domainTitle({ name: loss.domain }),
    score: '',
    cost: points(shown[index]!),
    note: loss.whatIf === undefined ? '' : whatIfText(loss.whatIf, context),
  }));
}
