import { type Series } from '../../frames';
import { gapsIn } from '../../model/gaps';
import { type Trend } from '../../model/trends';

/** Columns of a trend's plot, by name, in the order in which uPlot gets them. */
export const COLUMNS = ['time', 'forecast', 'value'] as const;
export type PlotColumn = (typeof COLUMNS)[number];

export type PlotData = [times: number[], ...values: Array<Array<number | null | undefined>>];

/** Times of the samples, then of the forecast; null breaks a line, undefined does not. A gap is a row of nulls. */
export function plotData(trend: Trend): PlotData {
  const data = columnsOf(trend);
  // From the last, so that the indexes of those before stay.
  for (const index of gapsIn(trend.series.timesMs).reverse()) {
    const [times, ...columns] = data;
    times.splice(index, 0, (times[index - 1]! + times[index]!) / 2);
    columns.forEach((column) => column.splice(index, 0, null));
  }
  return data;
}

function columnsOf({ series: { timesMs, values }, forecast }: Trend): PlotData {
  const ahead = forecast?.timesMs.slice(1) ?? [];
  const line = forecast === undefined ? nulls(timesMs.length) : nulls(timesMs.length - 1).concat(forecast.center);
  return [timesMs.concat(ahead), line, values.concat(nulls(ahead.length))];
}

export function columnIndex(column: PlotColumn): number {
  return COLUMNS.indexOf(column);
}

/** The index of the sample at a time, or the one before. */
export function sampleAt({ timesMs }: Pick<Series, 'timesMs'>, timeMs: number): number {
  let [low, high] = [0, timesMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = timesMs[middle]! <= timeMs ? [middle + 1, high] : [low, middle];
  }
  return low - 1;
}

function nulls(count: number): Array<number | null> {
  return new Array<number | null>(Math.max(0, count)).fill(null);
}
