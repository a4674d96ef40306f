import {
  DrawStyle,
  LineInterpolation,
  PointVisibility,
  ScaleDirection,
  ScaleOrientation,
  UPlotConfigBuilder,
} from '@grafana/ui';
import { type Course } from '../../../model/course';
import { type Display } from '../../format';
import { addAxes, type AxesLook, Y } from '../../plot/axes';
import { dotOn } from '../../plot/cursor';
import { letGoByEscape } from '../../plot/keyboard';
import { valueRange } from '../../plot/value-range';
import { courseColors, drawExpected, drawLevels } from './draw-course';

const SEEN_COLUMN = 1;
/** The last label of the time axis is not cut. */
const HALF_A_TIME_PX = 18;

export interface CourseLook extends AxesLook {
  display: Display;
}

/** The plot of one episode: the signal as a line; what was to be expected is painted below it. */
export function courseConfig(course: Course, look: CourseLook): UPlotConfigBuilder {
  const { theme, timeZone, display } = look;
  const builder = new UPlotConfigBuilder(timeZone);
  builder.setPadding([6, HALF_A_TIME_PX, look.hasAxis ? 0 : 4, 0]);
  addScales(builder, course);
  addAxes(builder, () => display, look);
  const color = courseColors(theme).seen;
  builder.addSeries({
    ...{ scaleKey: Y, theme, drawStyle: DrawStyle.Line, lineInterpolation: LineInterpolation.Linear },
    ...{ spanNulls: false, lineWidth: 1.5, lineColor: color, pointColor: color },
    ...{ showPoints: PointVisibility.Auto, pointSize: 4 },
  });
  builder.addHook('drawClear', (u) => drawExpected(u, course, theme));
  builder.addHook('draw', (u) => drawLevels(u, course, theme));
  builder.addHook('init', (u) => letGoByEscape(u));
  builder.setCursor({ points: { show: dotOn(SEEN_COLUMN) } });
  return builder;
}

function addScales(builder: UPlotConfigBuilder, course: Course): void {
  builder.addScale({
    ...{ scaleKey: 'x', isTime: true, range: () => [course.fromMs, course.toMs] },
    ...{ orientation: ScaleOrientation.Horizontal, direction: ScaleDirection.Right },
  });
  const [low, high] = extentOf(course);
  builder.addScale({
    ...{ scaleKey: Y, orientation: ScaleOrientation.Vertical, direction: ScaleDirection.Up },
    range: () => valueRange(low, high, { thresholds: [], min: undefined, max: undefined }),
  });
}

/** Of all that is drawn; nulls when there is nothing. */
export function extentOf({ values, level, moments }: Course): [number, number] | [null, null] {
  const levels = level === undefined ? [] : [level.observed, level.counterfactual, ...(level.band ?? [])];
  const drawn = [values, ...moments.map((moment) => moment.values)].flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...levels, ...drawn), Math.max(...levels, ...drawn)];
  return low <= high ? [low, high] : [null, null];
}
