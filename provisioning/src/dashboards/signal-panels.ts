import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DEVIATES_AT, type Signal, thresholdsOf } from '@evenkeel/signals';
import { grafanaUnit } from './grafana-unit.ts';
import { linesWithThresholds, numbers } from './panel.ts';
import { signalSteps } from './palette.ts';
import { chosen } from './query.ts';

const UPPER = 'normal, highest';
const LOWER = 'normal, lowest';

/** A signal over time: its level for each target, its thresholds, and the band in which it is normal. */
export function signalPanel(signal: Signal): timeseries.PanelBuilder {
  const { name, title, description, unit, direction } = signal;
  const selector = selectorOf(signal);
  const [center, scale] = [`evenkeel:baseline:center${selector}`, `evenkeel:baseline:scale${selector}`];
  const panel = linesWithThresholds({
    key: `signal: ${name}`,
    title,
    description: `${description}${thresholdText(signal)} The band is where it is normal by its own baseline: centre plus and minus ${DEVIATES_AT} scales, of all targets shown.`,
    unit: grafanaUnit(unit),
    width: 8,
    height: 8,
    queries: [
      { expr: `evenkeel:signal:level${selector}`, legend: legendOf(signal) },
      { expr: `max(${center} + ${DEVIATES_AT} * ${scale})`, legend: UPPER, ref: 'Upper' },
      { expr: lowest(signal, `${center} - ${DEVIATES_AT} * ${scale}`), legend: LOWER, ref: 'Lower' },
    ],
    steps: signalSteps(signal),
    noValue: 'missing',
    ...(unit === 'ratio' && direction !== 'band' ? { min: 0 } : {}),
  });
  return withBand(panel);
}

/** A signal as one number of its worst target, coloured by its thresholds. */
export function signalNumber(signal: Signal): Builder<Panel> {
  const { name, title, description, unit, direction } = signal;
  const worst = direction === 'higher' ? 'min' : 'max';
  return numbers({
    key: `number: ${name}`,
    title,
    description: `${description}${thresholdText(signal)} Of several targets, the worst.`,
    unit: grafanaUnit(unit),
    width: 4,
    height: 4,
    queries: [{ expr: `${worst}(evenkeel:signal:level${selectorOf(signal)})` }],
    steps: signalSteps(signal),
    noValue: 'missing',
  });
}

/** The labels of a target, for the name of its series. */
export function targetLegend(labels: readonly string[]): string {
  return labels.map((label) => `{{${label}}}`).join(' ');
}

function selectorOf({ name, by }: Signal): string {
  return `{signal="${name}", ${chosen(...by)}}`;
}

/** Only what has a good middle can be below zero. */
function lowest({ direction }: Signal, expr: string): string {
  return direction === 'band' ? `min(${expr})` : `clamp_min(min(${expr}), 0)`;
}

function legendOf({ by }: Signal): string {
  return targetLegend(by);
}

function thresholdText(signal: Signal): string {
  const text = (value: number) =>
    signal.unit === 'ratio' ? `${Number((value * 100).toPrecision(12))} %` : String(value);
  const texts = thresholdsOf(signal).map(
    ({ severity, side, limit }) => `${severity} ${side === 'Low' ? 'below' : 'above'} ${text(limit)}`,
  );
  return texts.length === 0 ? '' : ` Alerts: ${texts.join(', ')}.`;
}

/** The two edges of the band become one grey area without entries of their own. */
function withBand(panel: timeseries.PanelBuilder): timeseries.PanelBuilder {
  const edge = [
    { id: 'color', value: { mode: 'fixed', fixedColor: 'text' } },
    { id: 'custom.lineWidth', value: 0 },
    { id: 'custom.thresholdsStyle', value: { mode: 'off' } },
    { id: 'custom.hideFrom', value: { legend: true, tooltip: false, viz: false } },
  ];
  return panel
    .overrideByName(UPPER, [
      ...edge,
      { id: 'custom.fillBelowTo', value: LOWER },
      { id: 'custom.fillOpacity', value: 10 },
    ])
    .overrideByName(LOWER, edge);
}
