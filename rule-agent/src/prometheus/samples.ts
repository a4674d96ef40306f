import type { Labels } from '../model/target.ts';
import { isLabels } from './series-labels.ts';

/** One element of an instant vector. A text such as `NaN` stands for what is no usable number. */
export interface VectorSample {
  labels: Labels;
  value: number | string;
  /** The time Prometheus gave the element; of a plain query that is when it was evaluated. */
  atMs: number;
}

export const HISTOGRAM = 'a histogram';

/** The elements of a vector, as they are in the JSON; undefined when one is not what Prometheus answers. */
export function toSamples(elements: unknown): VectorSample[] | undefined {
  if (!Array.isArray(elements) || !elements.every(isElement)) return undefined;
  return elements.map(({ metric, value }) => toSample(metric, value));
}

export function toSample(labels: Labels, value: Point | undefined): VectorSample {
  if (value === undefined) return { labels, value: HISTOGRAM, atMs: 0 };
  const [seconds, text] = value;
  return { labels, value: usableValue(text), atMs: Math.round(seconds * 1000) };
}

/** A finite number, or the text that stands in its place. */
export function usableValue(text: string): number | string {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Seconds, and the text of a value. */
type Point = readonly [number, string];

interface Element {
  metric: Labels;
  /** Absent where there is a native histogram. */
  value?: Point;
}

function isElement(element: unknown): element is Element {
  if (typeof element !== 'object' || element === null) return false;
  const { metric, value } = element as { metric?: unknown; value?: unknown };
  return isLabels(metric) && (value === undefined || isPoint(value));
}

export function isPoint(value: unknown): value is Point {
  if (!Array.isArray(value) || value.length !== 2) return false;
  return typeof value[0] === 'number' && typeof value[1] === 'string';
}
