import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type RuleScore } from '../../model/enhancements';
import { type Verdict } from '../../model/verdict';
import { percent } from '../format';
import { VERDICT_LOOK } from './verdict-look';

const SHOWN: readonly Verdict[] = ['improved', 'no_effect', 'inconclusive', 'worsened', 'failed'];

/** How each rule did over the time shown. */
export function Scoreboard({ rules }: { rules: readonly RuleScore[] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <table className={styles.table}>
      <caption className="sr-only">Verdicts by rule</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          {SHOWN.map((verdict) => {
            const { glyph, word, color } = VERDICT_LOOK[verdict];
            return (
              <th key={verdict} scope="col" title={word} style={{ color: color(theme) }}>
                <span aria-hidden="true">{glyph}</span>
                <span className="sr-only">{word}</span>
              </th>
            );
          })}
          <th scope="col">Held back</th>
          <th scope="col">Success</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ rule, verdicts, suppressed, mainGuard, successRate }) => (
          <tr key={rule}>
            <th scope="row" title={rule}>
              {rule}
            </th>
            {SHOWN.map((verdict) => (
              <td key={verdict}>{verdicts[verdict] === 0 ? '' : verdicts[verdict]}</td>
            ))}
            <td title={mainGuard && `mostly by ${mainGuard}`}>{suppressed === 0 ? '' : suppressed}</td>
            <td>{successRate === undefined ? '–' : percent(successRate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    ...theme.typography.bodySmall,
    borderCollapse: 'collapse',
    width: '100%',
    alignSelf: 'start',
    '& th, & td': { textAlign: 'right', padding: theme.spacing(0.25, 1) },
    '& td': { fontVariantNumeric: 'tabular-nums' },
    // Takes the room that the figures leave, and no more.
    '& th:first-of-type': {
      textAlign: 'left',
      width: '100%',
      minWidth: '6em',
      maxWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    '& thead th': {
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      whiteSpace: 'nowrap',
    },
    '& tbody th': { fontWeight: theme.typography.fontWeightRegular },
    '& tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
});
