import { useMemo } from 'react';
import { type Mark } from '../../frames';
import { readEnhancements } from '../../model/enhancements';
import { type Operation } from '../operation';
import { useViewContext } from '../view-context';
import { VERDICT_LOOK } from '../enhancements/verdict-look';

const NONE: readonly Mark[] = [];
/** Neither the line's colour nor one of good or bad; the shipped dashboards' annotations have the same. */
const ENHANCEMENT_COLOR = 'purple';

/** Where enhancements ran, and the dashboard's annotations. */
export function useMarks(operation: Operation): readonly Mark[] {
  const { options } = useViewContext();
  return useMemo(() => (options.showMarks ? marksOf(operation) : NONE), [operation, options.showMarks]);
}

function marksOf({ set, episodes, marks }: Operation): readonly Mark[] {
  const ran = readEnhancements(set, episodes)?.episodes ?? [];
  const ofEpisodes = ran
    .filter(({ verdict }) => verdict !== 'nothing_to_do')
    .map(({ rule, startMs, verdict }) => ({
      timeMs: startMs,
      endMs: undefined,
      text: `${rule}: ${VERDICT_LOOK[verdict].word}`,
      color: ENHANCEMENT_COLOR,
    }));
  return [...ofEpisodes, ...marks];
}
