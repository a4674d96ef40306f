import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, useRef } from 'react';

export interface TabChoice<T extends string> {
  name: T;
  label: string;
  /** A number beside the label, such as that of the firing alerts. */
  count?: number | undefined;
}

interface Props<T extends string> {
  id: string;
  label: string;
  tabs: ReadonlyArray<TabChoice<T>>;
  active: T;
  onChange: (name: T) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as WAI-ARIA has them: one is in the tab order, the arrows go to the others. */
export function Tabs<T extends string>({ id, label, tabs, active, onChange }: Props<T>) {
  const styles = useStyles2(getStyles);
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent) => {
    const index = nextIndex(
      event.key,
      tabs.findIndex(({ name }) => name === active),
      tabs.length
    );
    const tab = index === undefined ? undefined : tabs[index];
    if (tab !== undefined) {
      event.preventDefault();
      onChange(tab.name);
      list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index!]?.focus();
    }
  };
  return (
    <div role="tablist" aria-label={label} className={styles.list} ref={list} onKeyDown={go} tabIndex={-1}>
      {tabs.map(({ name, label: text, count }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-tab-${name}`}
          aria-controls={`${id}-panel`}
          aria-selected={name === active}
          tabIndex={name === active ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(name)}
        >
          {text}
          {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
        </button>
      ))}
    </div>
  );
}

function nextIndex(key: string, index: number, length: number): number | undefined {
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return length - 1;
  }
  const step = STEPS[key];
  return step === undefined ? undefined : (index + step + length) % length;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    gap: theme.spacing(0.5),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    overflowX: 'auto',
    scrollbarWidth: 'none',
  }),
  tab: css({
    background: 'none',
    border: 'none',
    padding: theme.spacing(0.5, 1),
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    fontSize: theme.typography.bodySmall.fontSize,
    borderBottom: '2px solid transparent',
    '&:hover': { color: theme.colors.text.primary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    '&[aria-selected=true]': { color: theme.colors.text.maxContrast, borderBottomColor: theme.colors.primary.border },
  }),
  count: css({
    marginLeft: theme.spacing(0.5),
    padding: theme.spacing(0, 0.75),
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.background.secondary,
    color: theme.colors.text.primary,
    fontVariantNumeric: 'tabular-nums',
  }),
});
