import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { type EnhancementModel, readEnhancements } from '../../model/enhancements';
import { type Verdict } from '../../model/verdict';
import { Lacking } from '../Lacking';
import { View } from '../View';
import { type ViewProps } from '../operation';
import { EnhancementsTable } from './EnhancementsTable';
import { EpisodeList } from './EpisodeList';
import { Scoreboard } from './Scoreboard';
import { Timeline, timelineHeight } from './Timeline';

/** What the rule agent did, whether it helped, and what held it back. */
export function EnhancementsView({ operation, width, height }: ViewProps) {
  const { set, episodes: rows, lacks } = operation;
  const model = useMemo(() => readEnhancements(set, rows), [set, rows]);
  if (model === undefined) {
    return <Lacking what="enhancements" needs={lacks.enhancements} height={height} />;
  }
  return (
    <View
      title="Enhancements"
      note={summaryOf(model)}
      lacks={lacks.enhancements}
      height={height}
      graph={(bodyPx) => <Graph model={model} width={width} height={bodyPx} />}
      table={(bodyPx) => <EnhancementsTable model={model} height={bodyPx} />}
    />
  );
}

const WIDE_PX = 620;
const LIST_PX = 90;

/** The timeline above; below it, where there is room, the episodes and the rules. */
function Graph({ model, width, height }: { model: EnhancementModel; width: number; height: number }) {
  const styles = useStyles2(getStyles);
  const { rules } = model;
  if (rules.length === 0) {
    return <p className={styles.none}>No rule has acted in this time.</p>;
  }
  const timelinePx = Math.min(timelineHeight(rules.length), Math.max(60, height * 0.55));
  const hasLists = height - timelinePx >= LIST_PX;
  return (
    <div
      className={styles.scroll}
      style={{ height }}
      tabIndex={0}
      role="group"
      aria-label="Timeline, episodes and rules"
    >
      <Timeline model={model} width={width} />
      {hasLists && (
        <div className={width >= WIDE_PX ? styles.beside : styles.below}>
          <EpisodeList episodes={model.episodes} />
          <Scoreboard rules={rules} />
        </div>
      )}
    </div>
  );
}

function summaryOf({ episodes, suppressions }: EnhancementModel): string {
  const count = (verdict: Verdict) => episodes.filter((episode) => episode.verdict === verdict).length;
  const [underWay, worsened] = [count('open'), count('worsened')];
  const held = suppressions.reduce((sum, { count: times }) => sum + times, 0);
  const parts = [
    ...(underWay > 0 ? [`${underWay} under way`] : []),
    `${episodes.length - underWay - count('nothing_to_do')} done`,
    `${count('improved')} improved`,
    ...(worsened > 0 ? [`${worsened} worsened`] : []),
    ...(held > 0 ? [`${held} held back`] : []),
  ];
  return parts.join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  none: css({ color: theme.colors.text.secondary }),
  scroll: css({ overflowX: 'hidden', overflowY: 'auto' }),
  beside: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: theme.spacing(3),
    marginTop: theme.spacing(1),
  }),
  below: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
    marginTop: theme.spacing(1),
  }),
});
