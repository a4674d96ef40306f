import {
  dateTimeFormat,
  dateTimeFormatTimeAgo,
  type DisplayValue,
  type Field,
  type FieldConfig,
  formattedValueToString,
  getDisplayProcessor,
  getValueFormat,
  type GrafanaTheme2,
  systemDateFormats,
} from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { unitOf } from './units';

export interface DisplayContext {
  theme: GrafanaTheme2;
  timeZone: TimeZone;
}

export type Display = (value: unknown) => DisplayValue;

/** Text and colour of a field's values by its own configuration; where it has no unit, by that of the signal. */
export function displayOf(field: Field, context: DisplayContext, signalUnit?: string): Display {
  const { config } = field;
  const unit = config.unit ?? unitOf(signalUnit ?? field.labels?.unit);
  return getDisplayProcessor({ field: { ...field, config: { ...config, unit } }, ...context });
}

/** Scores go from 0 to 100 and have one decimal, unless the field says otherwise. */
export function scoreDisplayOf(field: Field, context: DisplayContext): Display {
  const { config } = field;
  const { decimals, min, max } = config;
  const ofScores = { ...config, decimals: decimals ?? 1, min: min ?? 0, max: max ?? 100 };
  return getDisplayProcessor({ field: { ...field, config: ofScores }, ...context });
}

/** Whether values of two fields are shown alike: by configuration that Grafana hands on as one object, or by plain parts of it. */
export function showAlike(a: Field, b: Field): boolean {
  const [{ config }, { config: other }] = [a, b];
  return (
    config.thresholds === other.thresholds &&
    config.mappings === other.mappings &&
    config.unit === other.unit &&
    config.decimals === other.decimals &&
    config.noValue === other.noValue &&
    config.min === other.min &&
    config.max === other.max &&
    config.color?.mode === other.color?.mode &&
    config.color?.fixedColor === other.color?.fixedColor &&
    (!isColoredBySeries(config) || a.state?.seriesIndex === b.state?.seriesIndex)
  );
}

/** By the palettes of Grafana, whose modes are all called so. */
function isColoredBySeries({ color }: FieldConfig): boolean {
  return color?.mode.startsWith('palette') ?? false;
}

export function textOf(value: DisplayValue): string {
  return formattedValueToString(value);
}

const MOST_DIGITS = 9;

/** The text of a value; with an exponent where its digits would take the room of everything beside it. */
export function figureOf(value: DisplayValue): string {
  return isLong(value) ? shortTextOf(value) : textOf(value);
}

/** The same without zeroes at the end, for what somebody has written down: an anchor, a threshold, a tick of an axis. */
export function shortTextOf(value: DisplayValue): string {
  const { text } = value;
  const short = isLong(value)
    ? Number(text).toExponential(1).replace('.0e', 'e')
    : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return textOf({ ...value, text: short });
}

function isLong({ text }: DisplayValue): boolean {
  return text.length > MOST_DIGITS && Number.isFinite(Number(text));
}

/** Points of a score, with one decimal. */
export function points(value: number): string {
  return formattedValueToString(getValueFormat('none')(value, 1));
}

export function percent(share: number): string {
  return formattedValueToString(getValueFormat('percentunit')(share, 0));
}

/** `3h` or `12 min`: how long something has lasted. */
export function lasting(durationMs: number): string {
  return formattedValueToString(getValueFormat('dtdurationms')(Math.max(0, Math.round(durationMs / 1000) * 1000), 0))
    .split(', ', 2)
    .join(' ');
}

export function moment(timeMs: number, timeZone: TimeZone): string {
  return dateTimeFormat(timeMs, { timeZone });
}

const DAY_MS = 86_400_000;

/** A time within a span, as short as it can be told from others in it, in Grafana's own formats, which follow its locale. */
export function momentWithin(timeMs: number, spanMs: number, timeZone: TimeZone): string {
  return dateTimeFormat(timeMs, { timeZone, format: formatWithin(spanMs) });
}

function formatWithin(spanMs: number): string {
  const { minute, hour, day, month } = systemDateFormats.interval;
  if (spanMs <= DAY_MS) {
    return minute;
  }
  if (spanMs <= 14 * DAY_MS) {
    return hour;
  }
  return spanMs <= 366 * DAY_MS ? day : month;
}

export function ago(timeMs: number, timeZone: TimeZone): string {
  return dateTimeFormatTimeAgo(timeMs, { timeZone });
}
