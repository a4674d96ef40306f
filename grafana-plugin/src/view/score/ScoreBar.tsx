import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type ScoreState } from '../../model/score';

/** A bar from 0 to 100. What is certain is filled; an interval is striped; what is not known is empty. */
export function ScoreBar({ state, color }: { state: ScoreState; color: string }) {
  const styles = useStyles2(getStyles);
  const [sure, possible] = endsOf(state);
  return (
    <span className={styles.track} aria-hidden="true">
      <span className={styles.fill} style={{ width: `${sure}%`, background: color }} />
      <span className={styles.stripes} style={{ left: `${sure}%`, width: `${possible - sure}%`, color }} />
    </span>
  );
}

function endsOf(state: ScoreState): readonly [number, number] {
  if (state.status === 'scored') {
    return [within(state.score), within(state.score)];
  }
  return state.status === 'withheld' ? [within(state.interval[0]), within(state.interval[1])] : [0, 0];
}

function within(score: number): number {
  return Math.min(100, Math.max(0, score));
}

const getStyles = (theme: GrafanaTheme2) => ({
  track: css({
    position: 'relative',
    flex: '1 1 0',
    minWidth: 40,
    height: 6,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    overflow: 'hidden',
  }),
  fill: css({ position: 'absolute', inset: '0 auto 0 0' }),
  stripes: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    opacity: 0.7,
    background: 'repeating-linear-gradient(135deg, currentColor 0 2px, transparent 2px 5px)',
  }),
});
