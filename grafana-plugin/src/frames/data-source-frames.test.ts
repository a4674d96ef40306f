import { type DataFrame } from '@grafana/data';
import { backendFrames } from '../../preview/page/prometheus/backend-frames';
import { panelFrames, sentTargets } from '../../preview/page/prometheus/frames';
import { type RecordedPanel, recordedPanels } from '../testing/data-source-frames';
import { type ApiSeries } from '../testing/prometheus-frames';
import { type Metric, METRIC, metricsIn } from './contract';
import { readFrames } from './read-frames';
import { labelsKey, type Series } from './series';

const panels = recordedPanels().map((panel) => [panel.name, panel] as const);
const isHeatmap = ({ targets }: RecordedPanel) => targets.some(({ format }) => format === 'heatmap');

describe("the frames of Grafana's Prometheus data source", () => {
  it.each(panels)('are read as the series that Prometheus answered: %s', (_, panel) => {
    const set = readFrames(panel.frames, { queries: [], atMs: panel.toMs });
    const found = Object.values(METRIC).flatMap((metric) => set.of(metric));
    expect(found.map(seen).sort(byText)).toEqual(answered(panel).sort(byText));
  });

  it.each(panels)('say what was asked even where nothing was answered: %s', (_, panel) => {
    const queries = panel.targets.map(({ expr }) => expr);
    const set = readFrames(panel.frames, { queries, atMs: panel.toMs });
    const isAnswered = Object.values(panel.answers).some((answer) => answer.length > 0);
    for (const metric of queries.flatMap(metricsIn)) {
      expect([metric, set.isAsked(metric)]).toEqual([metric, isAnswered || metric === METRIC.alerts]);
    }
  });

  it.each(panels.filter(([, panel]) => !isHeatmap(panel)))('are those that the preview makes: %s', (_, panel) => {
    const { targets, answers, stepMs, frames } = panel;
    const backend = sentTargets(targets).flatMap((target) =>
      backendFrames(answers[target.refId]!, { target, expr: target.expr, stepSeconds: stepMs / 1000 })
    );
    expect(panelFrames(backend, targets).map(comparable)).toEqual(frames.map(comparable));
  });
});

/** Of a range and an instant the range is the longer. */
function answered({ targets, answers }: RecordedPanel): Seen[] {
  const longest = new Map<string, Seen>();
  for (const [refId, answer] of Object.entries(answers)) {
    const { expr } = targets.find((target) => refId.startsWith(target.refId))!;
    for (const series of answer) {
      const next = seenIn(series, expr);
      const key = `${next.metric} ${next.labels}`;
      const before = longest.get(key);
      longest.set(key, before !== undefined && before.values.length > next.values.length ? before : next);
    }
  }
  return [...longest.values()];
}

interface Seen {
  metric: Metric;
  labels: string;
  timesMs: readonly number[];
  values: ReadonlyArray<number | null>;
}

function seen({ metric, labels, timesMs, values }: Series): Seen {
  return { metric, labels: labelsKey(labels), timesMs: [...timesMs], values: [...values] };
}

/** A series that lost its name has that of the only metric in its query. */
function seenIn({ metric: { __name__, ...labels }, values, value }: ApiSeries, expr: string): Seen {
  const samples = values ?? [value!];
  return {
    metric: (__name__ ?? metricsIn(expr)[0]) as Metric,
    labels: labelsKey(labels),
    timesMs: samples.map(([at]) => at * 1000),
    values: samples.map(([, text]) => (Number.isFinite(Number(text)) ? Number(text) : null)),
  };
}

function byText(one: Seen, other: Seen): number {
  return `${one.metric} ${one.labels}`.localeCompare(`${other.metric} ${other.labels}`);
}

/** What a panel may go by; the rest is made when it is first asked for. */
function comparable({ refId, name, meta, fields, length }: DataFrame) {
  const columns = fields.map(({ name: column, type, labels, config, values }) => ({
    ...{ name: column, type, labels, config, values },
  }));
  return { refId, name, meta, length, fields: columns };
}
