import {
  type DataFrame,
  type DataTransformerConfig,
  DataTransformerID,
  FieldType,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
  type TransformerRegistryItem,
} from '@grafana/data';
import { type RecordedPanel, recordedPanels } from '../testing/data-source-frames';
import { METRIC } from './contract';
import { readFrames } from './read-frames';
import { labelsKey } from './series';

const JOIN: DataTransformerConfig = { id: DataTransformerID.joinByField, options: { byField: 'Time', mode: 'outer' } };
const LABELS: DataTransformerConfig = { id: DataTransformerID.labelsToFields, options: {} };
const MERGE: DataTransformerConfig = { id: DataTransformerID.merge, options: {} };
const NEWEST_FIRST: DataTransformerConfig = {
  id: DataTransformerID.sortBy,
  options: { sort: [{ field: 'Time', desc: true }] },
};

beforeAll(() => {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- without Grafana its registry of them is empty
  const known = standardTransformers;
  const { joinByFieldTransformer, labelsToFieldsTransformer, mergeTransformer, sortByTransformer } = known;
  const all = [joinByFieldTransformer, labelsToFieldsTransformer, mergeTransformer, sortByTransformer];
  const item = (transformation: (typeof all)[number]) =>
    ({
      id: transformation.id,
      name: transformation.name,
      transformation: () => Promise.resolve(transformation),
    }) as unknown as TransformerRegistryItem;
  standardTransformersRegistry.setInit(() => all.map(item));
});

/** What a transformation can be asked of without losing something itself: a merge drops labels, a join by time drops rows. */
const PANELS = recordedPanels().filter(({ frames }) => frames.length > 0);
const SERIES = PANELS.filter(({ frames }) => frames.every(isOfNamedSeries));
const TABLES = PANELS.filter(({ frames }) => frames.every(isTable));
const each = (panels: readonly RecordedPanel[], steps: Record<string, DataTransformerConfig[]>) =>
  panels.flatMap((panel) =>
    Object.entries(steps).map(([how, configs]) => [`${panel.name}, ${how}`, panel, configs] as const)
  );

describe("what Grafana's transformations make of the frames of its data source", () => {
  it.each([
    ...each(SERIES, {
      'joined to one wide frame': [JOIN],
      'with labels as columns': [LABELS],
      'with labels as columns in one long frame': [LABELS, MERGE],
      'in one long frame, newest first': [LABELS, MERGE, NEWEST_FIRST],
    }),
    ...each(TABLES, { merged: [MERGE], 'newest first': [NEWEST_FIRST], 'merged, newest first': [MERGE, NEWEST_FIRST] }),
  ])('is read as the same series: %s', async (_, { frames, toMs }, configs) => {
    const before = samplesIn(frames, toMs);
    expect(before.size).toBeGreaterThan(0);
    expect(samplesIn(await transformed(frames, configs), toMs)).toEqual(before);
  });
});

function transformed(frames: DataFrame[], configs: readonly DataTransformerConfig[]): Promise<DataFrame[]> {
  return new Promise((resolve, reject) => {
    transformDataFrame([...configs], frames).subscribe({ next: resolve, error: reject });
  });
}

/** By name and labels; what a join fills in is no sample. */
function samplesIn(frames: readonly DataFrame[], atMs: number): Map<string, unknown> {
  const set = readFrames(frames, { queries: [], atMs });
  const series = Object.values(METRIC).flatMap((metric) => set.of(metric));
  return new Map(
    series.map(({ metric, labels, timesMs, values }) => [
      `${metric} ${labelsKey(labels)}`,
      timesMs.map((timeMs, index) => [timeMs, values[index]]).filter(([, value]) => value !== null),
    ])
  );
}

function isOfNamedSeries({ fields }: DataFrame): boolean {
  const [, value] = fields;
  return fields.length === 2 && value?.labels?.__name__ === value?.name;
}

function isTable({ fields }: DataFrame): boolean {
  return fields.some(({ type }) => type === FieldType.string);
}
