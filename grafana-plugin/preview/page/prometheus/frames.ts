import {
  type DataFrame,
  type Field,
  FieldType,
  findCommonLabels,
  getFieldDisplayName,
  type Labels,
  sortDataFrame,
  toDataFrame,
} from '@grafana/data';
import { type Target } from '../dashboard/shipped';

/** The queries that are sent for those of a panel: one that asks for a range and an instant is sent as two. */
export function sentTargets(targets: readonly Target[]): Target[] {
  return targets.flatMap((target) =>
    target.instant === true && target.range === true
      ? [
          { ...target, instant: false },
          { ...target, range: false, refId: `${target.refId}-Instant` },
        ]
      : [target]
  );
}

/**
 * What the front end of Grafana's Prometheus data source makes for a panel of its backend's frames: the frames of a table are
 * one, and series are given the legends that were left to it. It makes heatmaps too, which the preview has no use for. That
 * these are the same frames is held against those on file in testdata/, which the data source itself made.
 */
export function panelFrames(frames: readonly DataFrame[], targets: readonly Target[]): DataFrame[] {
  const targetOf = (refId?: string) => targets.find((target) => target.refId === refId);
  const named = byQuery(frames).flatMap(([refId, ofQuery]) =>
    targetOf(refId)?.legendFormat === '__auto' ? withLegends(ofQuery, frames) : ofQuery
  );
  const isOfTable = ({ refId }: DataFrame) => targetOf(refId)?.format === 'table';
  const series = named.filter((frame) => !isOfTable(frame));
  return [
    ...series.map((frame): DataFrame => ({ ...frame, meta: { ...frame.meta, preferredVisualisationType: 'graph' } })),
    ...tablesOf(named.filter(isOfTable)),
  ];
}

function byQuery(frames: readonly DataFrame[]): Array<[string | undefined, DataFrame[]]> {
  const refIds = [...new Set(frames.map(({ refId }) => refId))];
  return refIds.map((refId) => [refId, frames.filter((frame) => frame.refId === refId)]);
}

/** The legend of a field that has its metric's name is what tells it from the others of its query. */
function withLegends(ofQuery: readonly DataFrame[], all: readonly DataFrame[]): DataFrame[] {
  const labels = ofQuery.flatMap(({ fields }) => fields.flatMap(namedLabels));
  const common = ofQuery.length === 1 ? {} : findCommonLabels(labels);
  const allFrames = [...all];
  return ofQuery.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      if (namedLabels(field).length === 0) {
        return field;
      }
      const displayNameFromDS = getFieldDisplayName({ ...field, name: 'Value' }, frame, allFrames, common);
      return { ...field, config: { ...field.config, displayNameFromDS } };
    }),
  }));
}

function namedLabels({ name, labels }: Field): Labels[] {
  return labels?.__name__ === name ? [labels] : [];
}

function tablesOf(frames: readonly DataFrame[]): DataFrame[] {
  if (frames.length === 1 && frames[0]!.length === 0) {
    return [...frames];
  }
  const queries = byQuery(frames);
  return queries.map(([refId, ofQuery]) => tableOf(ofQuery, queries.length === 1 ? 'Value' : `Value #${refId}`));
}

/** A row a sample; where the series do not follow each other in time the rows are sorted by it. */
function tableOf(frames: readonly DataFrame[], valueName: string): DataFrame {
  const rows = frames.flatMap(rowsOf);
  const names = new Set(frames.flatMap(({ fields }) => Object.keys(fields[1]?.labels ?? {}).sort()));
  const interval = frames.map(({ fields }) => fields[0]?.config.interval).find((each) => each !== undefined);
  const table = toDataFrame({
    refId: frames[0]?.refId,
    meta: { ...frames[0]?.meta, preferredVisualisationType: 'rawPrometheus' },
    fields: [
      { name: 'Time', type: FieldType.time, config: { interval }, values: rows.map(({ time }) => time) },
      ...[...names].map((name) => ({
        ...{ name, type: FieldType.string, config: { filterable: true } },
        values: rows.map(({ labels }) => labels[name] ?? ''),
      })),
      { name: valueName, type: FieldType.number, config: {}, values: rows.map(({ value }) => value) },
    ],
  });
  const isSorted = rows.every(({ time }, row) => row === 0 || time >= rows[row - 1]!.time);
  return isSorted ? table : sortDataFrame(table, 0);
}

interface Row {
  time: number;
  value: number;
  labels: Labels;
}

function rowsOf({ fields: [times, values] }: DataFrame): Row[] {
  const labels = values?.labels ?? {};
  return (times?.values ?? []).map((time: number, row) => ({
    time,
    value: inTable(values?.values[row] as number),
    labels,
  }));
}

/** In tables the data source takes minus infinity for infinity. */
function inTable(value: number): number {
  return Math.abs(value) === Infinity ? Infinity : value;
}
