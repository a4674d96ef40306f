import { type GrafanaTheme2 } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { AxisPlacement, type UPlotConfigBuilder } from '@grafana/ui';
import { type Display, shortTextOf } from '../format';

/** The scale of the values, whatever they are of. */
export const Y = 'y';

const LEAST_TICK_PX = 24;
/** On high plots not more than these, whatever there is room for. */
const MOST_TICKS = 10;

export interface AxesLook {
  theme: GrafanaTheme2;
  timeZone: TimeZone;
  /** Whether there is room for the axis of time. */
  hasAxis: boolean;
}

/** Time below, values at the left as `display` writes them when it draws. */
export function addAxes(
  builder: UPlotConfigBuilder,
  display: () => Display,
  { theme, timeZone, hasAxis }: AxesLook
): void {
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    show: hasAxis,
    timeZone,
    theme,
    size: hasAxis ? 22 : 0,
    color: theme.colors.text.secondary,
  });
  builder.addAxis({
    scaleKey: Y,
    placement: AxisPlacement.Left,
    theme,
    space: (_u, _index, _min, _max, plotPx) => Math.max(LEAST_TICK_PX, plotPx / MOST_TICKS),
    color: theme.colors.text.secondary,
    formatValue: (value: number) => shortTextOf(display()(value)),
  });
}
