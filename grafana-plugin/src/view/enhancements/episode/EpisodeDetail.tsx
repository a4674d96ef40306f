import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { courseOf, type CourseSources } from '../../../model/course';
import { type Episode } from '../../../model/enhancements';
import { moment, textOf } from '../../format';
import { useViewContext } from '../../view-context';
import { displayOfEpisode } from '../effect';
import { VERDICT_LOOK, verdictText } from '../verdict-look';
import { CourseLegend } from './CourseLegend';
import { CoursePlot } from './CoursePlot';
import { figuresOf } from './figures';

interface Props {
  id: string;
  episode: Episode;
  sources: CourseSources;
  width: number;
  height: number;
}

const WORDS_PX = 84;
const LEGEND_PX = 20;
const FIGURES_PX = 300;
const LEAST_PLOT_PX = { width: 220, height: 120 };

/** One episode: its verdict in words, what the signal did, and all figures that the verdict was made of. */
export function EpisodeDetail({ id, episode, sources, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const course = useMemo(() => courseOf(sources, episode), [sources, episode]);
  const display = useMemo(() => displayOfEpisode(episode, theme, timeZone), [episode, theme, timeZone]);
  const figures = display === undefined ? [] : figuresOf(episode, (value) => textOf(display(value)));
  const isBeside = figures.length > 0 && width >= FIGURES_PX + LEAST_PLOT_PX.width;
  const plotPx = Math.max(LEAST_PLOT_PX.height, height - WORDS_PX - LEGEND_PX);
  return (
    <section id={id} className={styles.detail} aria-label={nameOf(episode, timeZone)}>
      <Words episode={episode} />
      <div className={isBeside ? styles.beside : undefined}>
        {course !== undefined && display !== undefined && (
          <div>
            <CourseLegend course={course} />
            {course.timesMs.length > 0 && (
              <CoursePlot
                course={course}
                display={display}
                width={isBeside ? width - FIGURES_PX : width}
                height={plotPx}
              />
            )}
          </div>
        )}
        {figures.length > 0 && <Figures figures={figures} />}
      </div>
    </section>
  );
}

/** `slow-api job=warehouse at 10:02` */
export function nameOf({ rule, target, startMs }: Episode, timeZone: string): string {
  return [rule, ...(target === undefined ? [] : [target]), 'at', moment(startMs, timeZone)].join(' ');
}

function Words({ episode }: { episode: Episode }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const { verdict, reason, row } = episode;
  const { glyph, color } = VERDICT_LOOK[verdict];
  const words = row?.text ?? row?.reason;
  return (
    <>
      <h4 className={styles.head}>
        <span style={{ color: color(theme) }} aria-hidden="true">
          {glyph}
        </span>
        {` ${nameOf(episode, timeZone)}: ${verdictText(verdict, reason)}`}
      </h4>
      {words !== undefined && <p className={styles.text}>{words}</p>}
    </>
  );
}

function Figures({ figures }: { figures: ReturnType<typeof figuresOf> }) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.figures}>
      <caption className="sr-only">What the verdict was made of</caption>
      <tbody>
        {figures.map(([name, said]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  detail: css({ minWidth: 0, ...theme.typography.bodySmall }),
  head: css({ ...theme.typography.bodySmall, fontWeight: theme.typography.fontWeightMedium, margin: 0 }),
  text: css({ margin: theme.spacing(0.25, 0, 0.5), color: theme.colors.text.secondary, maxWidth: '90ch' }),
  beside: css({ display: 'grid', gridTemplateColumns: `minmax(0, 1fr) ${FIGURES_PX - 16}px`, gap: 16 }),
  figures: css({
    borderCollapse: 'collapse',
    width: '100%',
    alignSelf: 'start',
    '& th': { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary, textAlign: 'left' },
    '& td': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
    '& th, & td': { padding: theme.spacing(0.25, 0), verticalAlign: 'top' },
    '& tr + tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
});
