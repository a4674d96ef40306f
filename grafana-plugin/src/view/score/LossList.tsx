import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { type Loss } from '../../model/losses';
import { type ScoreModel, sum } from '../../model/score';
import { roundTogether } from '../../model/shown-points';
import { signalBook } from '../../model/signals';
import { FieldLink } from '../FieldLink';
import { points } from '../format';
import { type Operation } from '../operation';
import { useViewContext } from '../view-context';
import { domainTitle, lossTitle, whatIfText } from './score-words';

/** What costs points, most first; the figures shown add up to what is missing to 100. */
export function LossList({ operation, score }: { operation: Operation; score: ScoreModel }) {
  const styles = useStyles2(getStyles);
  const shown = useMemo(() => roundTogether(score.losses.map((loss) => loss.points)), [score]);
  const most = Math.max(...score.losses.map((loss) => loss.points), 1);
  return (
    <>
      <ul className={styles.list} aria-label="What costs points">
        {score.losses.map((loss, index) =>
          shown[index]! === 0 ? null : (
            <Row key={loss.key} loss={loss} points={shown[index]!} share={loss.points / most} operation={operation} />
          )
        )}
      </ul>
      <p className={styles.sum}>{sumText(score)}</p>
    </>
  );
}

interface RowProps {
  loss: Loss;
  points: number;
  /** Of the largest loss. */
  share: number;
  operation: Operation;
}

function Row({ loss, points: lost, share, operation }: RowProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone, options } = useViewContext();
  const title = lossTitle(loss, signalBook(operation.set));
  const { whatIf, series } = loss;
  return (
    <li className={styles.row}>
      <div className={styles.line} title={title}>
        <FieldLink className={styles.title} field={series.field} rowIndex={series.rowIndex}>
          {title}
        </FieldLink>
        <span className={styles.domain}>{domainTitle({ name: loss.domain })}</span>
        <span className={styles.points}>
          <span className="sr-only">costs </span>
          {`${lost < 0 ? '+' : '−'}${points(Math.abs(lost))}`}
          <span className="sr-only"> points</span>
        </span>
      </div>
      <div className={styles.bar} style={{ width: `${Math.max(1, share * 100)}%` }} aria-hidden="true" />
      {options.whatIf && whatIf !== undefined && (
        <div className={styles.hint}>{whatIfText(whatIf, { theme, timeZone })}</div>
      )}
    </li>
  );
}

function sumText({ total, losses, pointsOf }: ScoreModel): string {
  const lost = points(sum(losses.map((loss) => loss.points)));
  return pointsOf === 'total' && total.status === 'scored'
    ? `Together ${lost} points: 100 − ${points(total.score)}`
    : 'Points of each domain; the total is withheld';
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  row: css({ marginBottom: theme.spacing(0.75) }),
  line: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), fontSize: '0.86em' }),
  title: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: theme.colors.text.primary }),
  domain: css({ flex: 1, color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  points: css({ fontVariantNumeric: 'tabular-nums', color: theme.colors.text.primary }),
  bar: css({ height: 3, borderRadius: 2, background: theme.colors.warning.main, margin: theme.spacing(0.25, 0) }),
  hint: css({ fontSize: '0.86em', color: theme.colors.text.secondary }),
  sum: css({
    fontSize: '0.86em',
    margin: 0,
    color: theme.colors.text.secondary,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    paddingTop: theme.spacing(0.5),
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
  }),
});
