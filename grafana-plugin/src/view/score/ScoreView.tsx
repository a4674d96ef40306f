import React, { useMemo } from 'react';
import { readScore } from '../../model/score';
import { Lacking } from '../Lacking';
import { type ViewProps } from '../operation';
import { useViewContext } from '../view-context';
import { View } from '../View';
import { ScoreGraph } from './ScoreGraph';
import { ScoreTable } from './ScoreTable';

/** The total, the domains, and what costs points. */
export function ScoreView({ operation, width, height }: ViewProps) {
  const { options } = useViewContext();
  const score = useMemo(() => readScore(operation.set), [operation]);
  const lacks = operation.lacks.score.filter(({ anyOf }) => options.whatIf || !anyOf.includes('evenkeel:score:anchor'));
  if (score === undefined) {
    return <Lacking what="the score" needs={lacks} height={height} />;
  }
  return (
    <View
      title="Score"
      lacks={lacks}
      height={height}
      graph={(bodyPx) => <ScoreGraph operation={operation} score={score} width={width} height={bodyPx} />}
      table={(bodyPx) => <ScoreTable operation={operation} score={score} height={bodyPx} />}
    />
  );
}
