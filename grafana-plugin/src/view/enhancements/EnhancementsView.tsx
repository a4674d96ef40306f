import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useId, useMemo } from 'react';
import { type CourseSources } from '../../model/course';
import { type EnhancementModel, readEnhancements } from '../../model/enhancements';
import { type Verdict } from '../../model/verdict';
import { Lacking } from '../Lacking';
import { View } from '../View';
import { type ViewProps } from '../operation';
import { EnhancementsTable } from './EnhancementsTable';
import { EpisodeDetail } from './episode/EpisodeDetail';
import { EpisodeList } from './EpisodeList';
import { Scoreboard } from './Scoreboard';
import { Timeline, timelineHeight } from './Timeline';
import { useChosenEpisode } from './chosen-episode';

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
      graph={(bodyPx) => <Graph model={model} sources={operation} width={width} height={bodyPx} />}
      table={(bodyPx) => <EnhancementsTable model={model} height={bodyPx} />}
    />
  );
}

const WIDE_PX = 620;
const LIST_PX = 90;
const DETAIL_SHARE = 0.62;
const GAP_PX = 24;

interface GraphProps {
  model: EnhancementModel;
  sources: CourseSources;
  width: number;
  height: number;
}

/** The timeline above; below it, where there is room, the episodes, and the one that was chosen or how the rules did. */
function Graph({ model, sources, width, height }: GraphProps) {
  const styles = useStyles2(getStyles);
  const [chosen, choose] = useChosenEpisode();
  const detailId = useId();
  const { rules, episodes } = model;
  if (rules.length === 0) {
    return <p className={styles.none}>No rule has acted in this time.</p>;
  }
  const timelinePx = Math.min(timelineHeight(rules.length), Math.max(60, height * 0.55));
  const hasLists = height - timelinePx >= LIST_PX;
  const isWide = width >= WIDE_PX;
  const episode = episodes.find(({ key }) => key === chosen);
  const size = {
    width: isWide ? DETAIL_SHARE * (width - GAP_PX) : width - GAP_PX / 2,
    height: height - timelinePx - 8,
  };
  const detail = episode && <EpisodeDetail {...{ id: detailId, episode, sources, ...size }} />;
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
        <div className={isWide ? (detail ? styles.withDetail : styles.beside) : styles.below}>
          {!isWide && detail}
          <EpisodeList
            episodes={episodes}
            chosen={chosen}
            onChoose={(key) => choose(key === chosen ? undefined : key)}
            detailId={detailId}
          />
          {isWide && detail ? detail : <Scoreboard rules={rules} />}
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
  withDetail: css({
    display: 'grid',
    gridTemplateColumns: `minmax(0, ${1 - DETAIL_SHARE}fr) minmax(0, ${DETAIL_SHARE}fr)`,
    gap: GAP_PX,
    marginTop: theme.spacing(1),
  }),
  below: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
    marginTop: theme.spacing(1),
  }),
});
