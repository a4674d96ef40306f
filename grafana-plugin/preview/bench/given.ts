import {
  applyFieldOverrides,
  createTheme,
  type DataFrame,
  dateTime,
  type FieldConfigSource,
  LoadingState,
  type PanelData,
  type PanelPlugin,
} from '@grafana/data';
import { backendFrames } from '../page/prometheus/backend-frames';
import { panelFrames } from '../page/prometheus/frames';
import { type Amount, type Answers, answersAt, STEP_SECONDS } from './answers';

export const NO_FIELD_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };
const FIRST_END_SECONDS = 1_700_000_000;

/** What contenders are given at a refresh: frames that Grafana has made and put field configuration on. */
export interface Given {
  /** As the data source gave them. */
  frames: DataFrame[];
  data: PanelData;
  /** By target: the frames of value and baseline. */
  trends: DataFrame[][];
}

/** Data of one refresh, each a step later than the one before; nothing is shared with the one before. */
export function givenAt(refresh: number, amount: Amount, plugin: PanelPlugin): Given {
  const endSeconds = FIRST_END_SECONDS - (FIRST_END_SECONDS % STEP_SECONDS) + refresh * STEP_SECONDS;
  const frames = framesOfAnswers(answersAt(endSeconds, amount));
  const series = configured(frames, plugin);
  return { frames, data: panelData(series, { endSeconds, amount }), trends: byTarget(series) };
}

/**
 * What a panel is given when it is asked again: the old samples with the new request, and field configuration put on them anew.
 * `preProcessPanelData` of @grafana/data, and `applyFieldConfig` of the VizPanel of @grafana/scenes.
 */
export function askedAgain(before: Given, next: Given, plugin: PanelPlugin): Given {
  const series = configured(before.frames, plugin);
  const request = { ...next.data.request, endTime: undefined } as PanelData['request'];
  return {
    frames: before.frames,
    data: { ...before.data, state: LoadingState.Loading, series, request },
    trends: byTarget(series),
  };
}

function framesOfAnswers({ trends, signals, entities }: Answers): DataFrame[] {
  const answers = { A: trends, B: signals, C: entities };
  const frames = TARGETS.flatMap((target) =>
    backendFrames(answers[target.refId], { target, expr: target.expr, stepSeconds: STEP_SECONDS })
  );
  return panelFrames(frames, TARGETS);
}

const TARGETS = [
  { refId: 'A', expr: '{__name__=~"evenkeel:signal:(value|level)|evenkeel:baseline:(center|scale|ready)"}' },
  { refId: 'B', expr: '{__name__=~"evenkeel:signal:(info|threshold)"}' },
  { refId: 'C', expr: '{__name__=~"evenkeel:score:(utility|weight|critical)|evenkeel:signal:info"}' },
] as const;

/** What a dashboard would ask for a panel with these views. */
export function ofViews(data: PanelData, views: readonly string[]): PanelData {
  const asked = [...(views.includes('trends') ? ['A', 'B'] : []), ...(views.includes('entities') ? ['C'] : [])];
  const isAsked = ({ refId = '' }: { refId?: string }) => asked.includes(refId);
  const request = { ...data.request!, targets: data.request!.targets.filter(isAsked) };
  return { ...data, series: data.series.filter(isAsked), request };
}

function configured(data: DataFrame[], plugin: PanelPlugin): DataFrame[] {
  return applyFieldOverrides({
    data,
    fieldConfig: NO_FIELD_CONFIG,
    fieldConfigRegistry: plugin.fieldConfigRegistry,
    replaceVariables: (text) => text,
    theme: createTheme(),
    timeZone: 'utc',
  });
}

function byTarget(frames: readonly DataFrame[]): DataFrame[][] {
  const targets = new Map<string, DataFrame[]>();
  for (const frame of frames) {
    const { name, labels } = frame.fields[1]!;
    if (DRAWN.has(name)) {
      const key = `${labels?.job} ${labels?.signal}`;
      targets.set(key, [...(targets.get(key) ?? []), frame]);
    }
  }
  return [...targets.values()];
}

const DRAWN: ReadonlySet<string> = new Set([
  'evenkeel:signal:value',
  'evenkeel:baseline:center',
  'evenkeel:baseline:scale',
]);

function panelData(series: DataFrame[], { endSeconds, amount }: { endSeconds: number; amount: Amount }): PanelData {
  const toMs = endSeconds * 1000;
  const from = dateTime(toMs - (amount.points - 1) * STEP_SECONDS * 1000);
  const to = dateTime(toMs);
  const timeRange = { from, to, raw: { from: `now-${amount.points * STEP_SECONDS}s`, to: 'now' } };
  const request = {
    targets: TARGETS,
    startTime: toMs,
    endTime: toMs,
    range: timeRange,
  } as unknown as PanelData['request'];
  return { state: LoadingState.Done, series, timeRange, request };
}
