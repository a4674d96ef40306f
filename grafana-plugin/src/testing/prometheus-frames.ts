import { type DataFrame, DataFrameType, FieldType, toDataFrame } from '@grafana/data';
import { type ApiSeries } from '../../preview/page/prometheus/api';
import { backendFrames } from '../../preview/page/prometheus/backend-frames';
import { panelFrames } from '../../preview/page/prometheus/frames';

export { type ApiSeries };

type Format = 'time_series' | 'table';

/**
 * The shapes in which Grafana hands on an answer of Prometheus. Most are those of its data source, by format and legend;
 * `tables` is a table where another query of the panel is one too. `wide` and `long` are those of the data plane contract, as
 * transformations make them.
 */
const ASKED = {
  series: { format: 'time_series' },
  auto: { format: 'time_series', legendFormat: '__auto' },
  legend: { format: 'time_series', legendFormat: 'of {{domain}}{{signal}}' },
  table: { format: 'table' },
  tables: { format: 'table' },
  wide: { format: 'time_series' },
  long: { format: 'table' },
} as const satisfies Record<string, { format: Format; legendFormat?: string }>;

export type Shape = keyof typeof ASKED;
export const SHAPES = Object.keys(ASKED) as Shape[];

export interface Request {
  shape: Shape;
  refId?: string;
  expr?: string;
}

const STEP_SECONDS = 15;

export function framesOf(answer: readonly ApiSeries[], { shape, refId = 'A', expr = '' }: Request): DataFrame[] {
  const target = { refId, expr, ...ASKED[shape] };
  const other = { ...target, refId: `${refId}-other` };
  const frames = backendFrames(answer, { target, expr, stepSeconds: STEP_SECONDS });
  const others = shape === 'tables' ? backendFrames([], { target: other, expr: '', stepSeconds: STEP_SECONDS }) : [];
  const given = panelFrames([...frames, ...others], [target, other]);
  return shape === 'wide' ? [wideOf(given)] : shape === 'long' ? given.map(asLong) : given;
}

/** One time column for all; where a series has no sample at a time there is null. */
function wideOf(frames: readonly DataFrame[]): DataFrame {
  const [first] = frames;
  const times = [...new Set(frames.flatMap(({ fields }): number[] => fields[0]?.values ?? []))].sort((a, b) => a - b);
  const fields = frames.flatMap(({ fields: [time, value] }) => {
    const byTime = new Map(time?.values.map((at: number, row) => [at, value?.values[row] as unknown]));
    return value === undefined ? [] : [{ ...value, values: times.map((at) => byTime.get(at) ?? null) }];
  });
  const time = { name: 'Time', type: FieldType.time, config: {}, values: times };
  return toDataFrame({
    refId: first?.refId,
    meta: { ...first?.meta, type: DataFrameType.TimeSeriesWide },
    fields: [time, ...fields],
  });
}

function asLong(frame: DataFrame): DataFrame {
  return { ...frame, meta: { ...frame.meta, type: DataFrameType.TimeSeriesLong } };
}
