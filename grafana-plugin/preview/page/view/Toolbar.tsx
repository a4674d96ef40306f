import { css } from '@emotion/css';
import { type GrafanaTheme2, type SelectableValue, type TimeRange } from '@grafana/data';
import { Badge, RadioButtonGroup, RefreshPicker, TimeRangePicker, useStyles2 } from '@grafana/ui';
import React from 'react';
import { type Choice } from '../dashboard/variables';
import { type Look } from './address';
import { ChoicePicker } from './ChoicePicker';
import { shifted, textOfTime } from './time';

export interface ToolbarProps {
  title: string;
  look: Look;
  change: (part: Partial<Look>) => void;
  timeRange: TimeRange;
  choices: readonly Choice[];
  isLoading: boolean;
  refresh: () => void;
}

const THEMES: Array<SelectableValue<Look['theme']>> = [
  { label: 'Dark', value: 'dark' },
  { label: 'Light', value: 'light' },
];

const ABOUT =
  'Not Grafana: a page around the built panel, with the components that Grafana is made of. It shows what needs the panel; the other panels of the shipped dashboards are part of Grafana.';

export function Toolbar({ title, look, change, timeRange, choices, isLoading, refresh }: ToolbarProps) {
  const styles = useStyles2(getStyles);
  return (
    <header className={styles.toolbar}>
      <h1 className={styles.title}>{title}</h1>
      <Badge text="Preview" color="blue" tooltip={ABOUT} />
      <div className={styles.choices}>
        {choices.map((choice) => (
          <ChoicePicker
            key={choice.name}
            choice={choice}
            values={look.chosen[choice.name] ?? []}
            onChange={(values) => change({ chosen: { ...look.chosen, [choice.name]: values } })}
          />
        ))}
      </div>
      <TimeRangePicker
        value={timeRange}
        timeZone="browser"
        onChange={({ raw }) => change({ from: textOfTime(raw.from), to: textOfTime(raw.to) })}
        onChangeTimeZone={() => undefined}
        onMoveBackward={() => change(shifted(timeRange, 'back'))}
        onMoveForward={() => change(shifted(timeRange, 'forward'))}
        onZoom={() => change(shifted(timeRange, 'out'))}
        isOnCanvas
      />
      <RefreshPicker
        tooltip="Refresh"
        value={look.refresh}
        intervals={['5s', '15s', '1m', '5m']}
        onRefresh={refresh}
        onIntervalChanged={(interval) => change({ refresh: interval })}
        isLoading={isLoading}
        isOnCanvas
      />
      <RadioButtonGroup
        aria-label="Theme"
        options={THEMES}
        value={look.theme}
        onChange={(theme) => change({ theme })}
      />
    </header>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
  }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  choices: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), flexGrow: 1 }),
});
