import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, IconButton, Toggletip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { type Need } from '../frames';

/** A small mark that opens to what is not in the data and which query would give it. */
export function LackingNote({ lacks }: { lacks: readonly Need[] }) {
  if (lacks.length === 0) {
    return null;
  }
  return (
    <Toggletip title="Not in the data" content={<Needs needs={lacks} />} closeButton>
      <IconButton
        name="info-circle"
        size="sm"
        aria-label={`${lacks.length} things are not in the data`}
        tooltip="Not in the data"
      />
    </Toggletip>
  );
}

/** Instead of a view that has no data: which query would give them, or that there is one and nothing came. */
export function Lacking({ what, needs, height }: { what: string; needs: readonly Need[]; height: number }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.lacking} style={{ height }} role="group" aria-label={what} tabIndex={0}>
      <p className={styles.lead}>No data for {what}</p>
      {needs.length === 0 ? (
        <p className={styles.asked}>A query asks for it; its answer is empty.</p>
      ) : (
        <Needs needs={needs} />
      )}
    </div>
  );
}

function Needs({ needs }: { needs: readonly Need[] }) {
  const styles = useStyles2(getStyles);
  const byQuery = new Map<string, string[]>();
  for (const { query, gives } of needs) {
    byQuery.set(query, [...(byQuery.get(query) ?? []), gives]);
  }
  return (
    <ul className={styles.needs}>
      {[...byQuery].map(([query, gives]) => (
        <li key={query} className={styles.need}>
          <span>{`A Prometheus query for ${gives.join(', ')}:`}</span>
          <div className={styles.query}>
            <code className={styles.code}>{query}</code>
            <ClipboardButton
              size="sm"
              variant="secondary"
              fill="text"
              icon="copy"
              aria-label="Copy the query"
              getText={() => query}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  lacking: css({ overflow: 'auto', padding: theme.spacing(1, 0) }),
  lead: css({ margin: theme.spacing(0, 0, 1), color: theme.colors.text.primary }),
  asked: css({ margin: 0, ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
  needs: css({ listStyle: 'none', margin: 0, padding: 0, color: theme.colors.text.secondary }),
  need: css({ marginBottom: theme.spacing(1), ...theme.typography.bodySmall }),
  query: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  code: css({ overflowWrap: 'anywhere', whiteSpace: 'normal' }),
});
