import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import React, { type ReactNode, useState } from 'react';

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  height: number;
  empty: string;
}

const PAGE = 100;

/** The table twin of a view: a plain table with a caption, a hundred rows at a time. */
export function DataTable<Row>({ caption, columns, rows, rowKey, height, empty }: Props<Row>) {
  const styles = useStyles2(getStyles);
  const [limit, setLimit] = useState(PAGE);
  const shown = rows.slice(0, limit);
  return (
    // What scrolls must be reachable by keyboard.
    <div className={styles.scroll} style={{ height }} tabIndex={0} role="group" aria-label={caption}>
      <table className={styles.table}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, numeric }) => (
              <th key={title} scope="col" className={cx(styles.head, numeric && styles.numeric)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={rowKey(row)} className={styles.row}>
              {columns.map(({ title, cell, numeric }) => (
                <td key={title} className={cx(styles.cell, numeric && styles.numeric)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.empty}>{empty}</p>}
      {rows.length > limit && (
        <Button size="sm" variant="secondary" fill="text" onClick={() => setLimit(limit + PAGE)}>
          {`Show ${Math.min(PAGE, rows.length - limit)} more of ${rows.length - limit}`}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto' }),
  table: css({ width: '100%', borderCollapse: 'collapse', ...theme.typography.bodySmall }),
  head: css({
    position: 'sticky',
    top: 0,
    textAlign: 'left',
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.secondary,
    background: theme.colors.background.primary,
    padding: theme.spacing(0.25, 1, 0.25, 0),
    whiteSpace: 'nowrap',
  }),
  row: css({ borderTop: `1px solid ${theme.colors.border.weak}` }),
  cell: css({
    padding: theme.spacing(0.5, 1, 0.5, 0),
    verticalAlign: 'top',
    // Columns are never narrower than their words; only what is longer than a line breaks within a word. It may scroll sideways.
    maxWidth: '24em',
    overflowWrap: 'break-word',
  }),
  numeric: css({
    textAlign: 'right',
    paddingRight: theme.spacing(3),
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  empty: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
});
