import type { PanelLook } from '../panel-page.ts';

export interface Picture extends PanelLook {
  /** The file's name, without its ending. */
  name: string;
}

const title = 'Operations';
/** Six trends fit whole. */
const ALL = { panel: { title, options: { maxTrends: 6 } }, width: 1440, height: 800 };
const WIDE = { width: 1000, height: 360 };
/** Of trends beside each other, to compare options by. */
const ROW = { width: 1000, height: 230, theme: 'light' } as const;
const THREE = { maxTrends: 3 };
/** Signals for which thresholds of one scale make sense. */
const RATIOS = [
  {
    refId: 'A',
    expr: '{__name__=~"evenkeel:(signal:(value|info|threshold)|baseline:.+)",signal=~"cpu_utilization|fill_rate|on_time_in_full"}',
  },
];
const OWN_THRESHOLDS = {
  defaults: {
    custom: { showThresholds: true },
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: 'green' },
        { value: 0.75, color: 'orange' },
        { value: 0.95, color: 'red' },
      ],
    },
  },
  overrides: [],
};

/** Of an episode of which the agent gives the series. */
export const EPISODE: Picture = { ...view('enhancements'), name: 'episode', width: 1300, height: 440 };

/** The pictures of the docs: every view, and what options and data do to it. */
export const PICTURES: readonly Picture[] = [
  { name: 'panel-dark', ...ALL },
  { name: 'panel-light', ...ALL, theme: 'light' },
  { name: 'panel-small', panel: { title }, width: 400, height: 300 },
  { ...view('score'), ...WIDE },
  { ...view('trends'), width: 1000, height: 520 },
  { ...view('alerts'), ...WIDE },
  { ...view('enhancements'), ...WIDE, height: 320 },
  { ...view('entities'), ...WIDE, height: 220 },
  { ...view('score', { showAs: 'table' }), ...WIDE, name: 'table', theme: 'light' },
  { ...view('alerts', { alertGroupLabel: 'domain' }), ...WIDE, name: 'alerts-by-domain', theme: 'light' },
  { ...view('score', { whatIf: false }), ...WIDE, height: 240, name: 'score-without-help', theme: 'light' },
  { ...view('trends', THREE), ...ROW, name: 'trends-of-three' },
  {
    ...view('trends', { ...THREE, showBand: false, showForecast: false, showMarks: false }),
    ...ROW,
    name: 'trends-plain',
  },
  {
    ...ROW,
    name: 'trends-own-thresholds',
    panel: { ...view('trends', THREE).panel, fieldConfig: OWN_THRESHOLDS, targets: RATIOS },
  },
  { ...view('trends', { showAs: 'table' }), ...ROW, name: 'trends-table' },
  {
    ...view('entities', { entityLabel: 'site' }),
    ...WIDE,
    height: 150,
    name: 'entities-by-site',
    theme: 'light',
  },
  {
    ...{ name: 'missing', ...WIDE, height: 200, theme: 'light' },
    panel: { title, options: { views: ['score'] }, targets: [{ refId: 'A', expr: 'ALERTS' }] },
  },
];

function view(
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Pick<Picture, 'name' | 'panel'> {
  return { name, panel: { title, options: { views: [name], ...options } } };
}
