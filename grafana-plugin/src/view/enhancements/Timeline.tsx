import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type EnhancementModel, type Episode, type Suppression } from '../../model/enhancements';
import { moment, momentWithin } from '../format';
import { useViewContext } from '../view-context';
import { VERDICT_LOOK, verdictText } from './verdict-look';

const LANE_PX = 22;
const AXIS_PX = 18;
const NAME_PX = 132;
const TICK_PX = 110;
const MOST_HELD = 400;
const GLYPH_PX = 14;

export function timelineHeight(lanes: number): number {
  return lanes * LANE_PX + AXIS_PX;
}

interface Props {
  model: EnhancementModel;
  width: number;
}

/** A lane a rule: bars from decision to verdict with the verdict's glyph; small strokes where a guard held it back. */
export function Timeline({ model: { episodes, suppressions, rules }, width }: Props) {
  const styles = useStyles2(getStyles);
  const { timeRange, timeZone } = useViewContext();
  const namePx = width < 420 ? 84 : NAME_PX;
  const plotPx = Math.max(60, width - namePx - 12);
  const [fromMs, toMs] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const x = (timeMs: number) => ((timeMs - fromMs) / Math.max(1, toMs - fromMs)) * plotPx;
  const isShown = (timeMs: number, endMs = timeMs) => endMs >= fromMs && timeMs <= toMs;
  const lane = (rule: string) =>
    episodes.filter((each) => each.rule === rule && isShown(each.startMs, each.endMs ?? toMs));
  return (
    <div className={styles.timeline}>
      <ul className={styles.lanes} aria-label="Timeline by rule">
        {rules.map(({ rule }) => (
          <li key={rule} className={styles.lane}>
            <span className={styles.name} style={{ width: namePx }} title={rule}>
              {rule}
            </span>
            <div className={styles.track} style={{ width: plotPx }}>
              {suppressions
                .filter((each) => each.rule === rule && isShown(each.timeMs))
                .slice(0, MOST_HELD)
                .map((each) => (
                  <Held key={each.key} suppression={each} left={x(each.timeMs)} />
                ))}
              {lane(rule).map((each, _index, { length }) => (
                <Bar
                  key={each.key}
                  episode={each}
                  withGlyph={length <= plotPx / GLYPH_PX}
                  left={x(Math.max(fromMs, each.startMs))}
                  right={x(endOf(each, toMs))}
                  most={plotPx - GLYPH_PX}
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
      <div className={styles.axis} style={{ marginLeft: namePx, width: plotPx }} aria-hidden="true">
        {ticks(plotPx).map((share) => (
          <span key={share} style={{ left: `${share * 100}%`, transform: `translateX(${-share * 100}%)` }}>
            {momentWithin(fromMs + share * (toMs - fromMs), toMs - fromMs, timeZone)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  episode: Episode;
  left: number;
  right: number;
  /** Not where there are so many that signs would hide each other. */
  withGlyph: boolean;
  /** Where a glyph may begin at the latest to be whole. */
  most: number;
}

function Bar({ episode, left, right, withGlyph, most }: BarProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const { glyph, color } = VERDICT_LOOK[episode.verdict];
  const said = `${moment(episode.startMs, timeZone)}: ${verdictText(episode.verdict, episode.reason)}${episode.target === undefined ? '' : `, ${episode.target}`}`;
  return (
    <span className={styles.bar} title={said} style={{ left, color: color(theme) }}>
      <span className={styles.stretch} style={{ width: Math.max(2, right - left) }} />
      {withGlyph && (
        <span className={styles.glyph} style={{ left: Math.min(4, most - left) }} aria-hidden="true">
          {glyph}
        </span>
      )}
      <span className="sr-only">{said}</span>
    </span>
  );
}

function Held({ suppression: { timeMs, guard, reason, count }, left }: { suppression: Suppression; left: number }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useViewContext();
  const said = `${moment(timeMs, timeZone)}: held back by ${guard}${reason === undefined ? '' : `, ${reason}`}${count > 1 ? `, ${count} times` : ''}`;
  return <span className={styles.held} title={said} style={{ left }} aria-hidden="true" />;
}

/** One that is not over lasts until now. */
function endOf({ startMs, endMs, verdict }: Episode, toMs: number): number {
  return Math.min(endMs ?? (verdict === 'open' ? toMs : startMs), toMs);
}

function ticks(plotPx: number): number[] {
  const count = Math.max(1, Math.floor(plotPx / TICK_PX));
  return Array.from({ length: count + 1 }, (_, index) => index / count);
}

const getStyles = (theme: GrafanaTheme2) => ({
  timeline: css({ ...theme.typography.bodySmall }),
  lanes: css({ listStyle: 'none', margin: 0, padding: 0 }),
  lane: css({ display: 'flex', alignItems: 'center', height: LANE_PX }),
  name: css({
    flex: 'none',
    paddingRight: theme.spacing(1),
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  track: css({
    position: 'relative',
    height: LANE_PX - 4,
    background: theme.colors.background.secondary,
    overflow: 'hidden',
  }),
  bar: css({ position: 'absolute', top: 0, height: '100%' }),
  stretch: css({
    position: 'absolute',
    left: 0,
    top: 0,
    bottom: 0,
    background: 'currentColor',
    opacity: 0.35,
    minWidth: 2,
  }),
  glyph: css({
    position: 'absolute',
    lineHeight: `${LANE_PX - 4}px`,
    fontWeight: theme.typography.fontWeightBold,
  }),
  held: css({
    position: 'absolute',
    bottom: 0,
    width: 1,
    height: 6,
    background: theme.colors.text.disabled,
  }),
  axis: css({
    position: 'relative',
    height: AXIS_PX,
    color: theme.colors.text.secondary,
    '& span': { position: 'absolute', whiteSpace: 'nowrap' },
  }),
});
