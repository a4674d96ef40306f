import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type Episode } from '../../model/enhancements';
import { FieldLink } from '../FieldLink';
import { moment, momentWithin } from '../format';
import { useViewContext } from '../view-context';
import { effectText } from './effect';
import { nameOf } from './episode/EpisodeDetail';
import { IntervalPlot } from './IntervalPlot';
import { VERDICT_LOOK, verdictText } from './verdict-look';

const MOST_ROWS = 50;

interface Props {
  episodes: readonly Episode[];
  /** The key of the one whose detail is shown, the element that shows it, and how another is chosen. */
  chosen: string | undefined;
  detailId: string;
  onChoose: (key: string) => void;
}

/** The latest episodes with their verdicts; effects of the same signal share an axis, so that they can be compared. */
export function EpisodeList({ episodes, ...choice }: Props) {
  const styles = useStyles2(getStyles);
  const reaches = reachesOf(episodes);
  if (episodes.length === 0) {
    return <p className={styles.none}>No episode in this time.</p>;
  }
  return (
    <ul className={styles.list} aria-label="Episodes, latest first">
      {episodes.slice(0, MOST_ROWS).map((episode) => (
        <Row key={episode.key} episode={episode} reach={reaches.get(episode.signal) ?? 1} {...choice} />
      ))}
      {episodes.length > MOST_ROWS && (
        <li className={styles.none}>{`${episodes.length - MOST_ROWS} more are in the table.`}</li>
      )}
    </ul>
  );
}

interface RowProps extends Omit<Props, 'episodes'> {
  episode: Episode;
  reach: number;
}

function Row({ episode, reach, ...choice }: RowProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone, timeRange } = useViewContext();
  const { rule, target, startMs, verdict, reason, estimate, interval, row } = episode;
  const { glyph, color } = VERDICT_LOOK[verdict];
  return (
    <li className={styles.row}>
      <span className={styles.glyph} style={{ color: color(theme) }} aria-hidden="true">
        {glyph}
      </span>
      <span className={styles.what}>
        {row === undefined ? (
          rule
        ) : (
          <FieldLink field={row.field} rowIndex={row.rowIndex}>
            {rule}
          </FieldLink>
        )}
        {target !== undefined && <span className={styles.quiet}>{` ${target}`}</span>}
        <span className={styles.quiet}>{` ${verdictText(verdict, reason)}`}</span>
      </span>
      {estimate !== undefined && (
        <>
          <IntervalPlot estimate={estimate} interval={interval} reach={reach} color={color(theme)} />
          <span className={styles.effect}>{effectText(episode, theme, timeZone)}</span>
        </>
      )}
      <time className={styles.quiet} dateTime={new Date(startMs).toISOString()} title={moment(startMs, timeZone)}>
        {momentWithin(startMs, timeRange.to.valueOf() - startMs, timeZone)}
      </time>
      {row !== undefined && <DetailButton episode={episode} {...choice} />}
    </li>
  );
}

function DetailButton({ episode, chosen, detailId, onChoose }: Omit<RowProps, 'reach'>) {
  const { timeZone } = useViewContext();
  const isChosen = episode.key === chosen;
  return (
    <IconButton
      name={isChosen ? 'times' : 'chart-line'}
      size="sm"
      tooltip={`${isChosen ? 'Close' : 'Show'} ${nameOf(episode, timeZone)}`}
      aria-expanded={isChosen}
      aria-controls={isChosen ? detailId : undefined}
      onClick={() => onChoose(episode.key)}
    />
  );
}

/** The largest effect or end of an interval, by signal. */
function reachesOf(episodes: readonly Episode[]): ReadonlyMap<string | undefined, number> {
  const reaches = new Map<string | undefined, number>();
  for (const { signal, estimate = 0, interval = [0, 0] } of episodes) {
    const reach = Math.max(Math.abs(estimate), Math.abs(interval[0]), Math.abs(interval[1]));
    reaches.set(signal, Math.max(reaches.get(signal) ?? 0, reach));
  }
  return reaches;
}

const getStyles = (theme: GrafanaTheme2) => ({
  none: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
  list: css({ listStyle: 'none', margin: 0, padding: 0, ...theme.typography.bodySmall }),
  row: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 22,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  glyph: css({ flex: '0 0 14px', textAlign: 'center', fontWeight: theme.typography.fontWeightBold }),
  what: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  quiet: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  effect: css({ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
});
