import type { Labels } from '../model/target.ts';
import { AnswerCutter } from './cut-answer.ts';
import { parseJson, readEnvelope } from './envelope.ts';
import { type Failure, failure, NONSENSE } from './failure.ts';
import { type Matrix, setAt } from './matrix.ts';
import type { Grid } from './range.ts';
import { HISTOGRAM, isPoint, usableValue } from './samples.ts';
import { isLabels } from './series-labels.ts';

/** Where an answer goes: a piece of what a matrix covers, from one of its points on. */
export interface Placement {
  matrix: Matrix;
  piece: Grid;
  first: number;
}

/**
 * Reads the JSON of `/api/v1/query_range` into a matrix, step by step: it may be megabytes. Every point has to be one that
 * was asked for, after the one before it, of a series that comes once.
 *
 * @returns why the answer cannot be used; then the matrix is of no use either
 */
export function* readMatrixAnswer(
  text: string,
  placement: Placement,
): Generator<void, { ok: true } | Failure> {
  const seen = new Set<string>();
  const cutter = new AnswerCutter();
  for (const piece of cutter.add(text)) {
    const flaw = placeElements(parseJson(`[${piece}]`), placement, seen);
    if (flaw !== undefined) return flaw;
    yield;
  }
  const answer = readEnvelope(cutter.rest());
  if (!answer.ok) return answer;
  if (answer.data.resultType !== 'matrix') return NONSENSE;
  return placeElements(answer.data.result, placement, seen) ?? { ok: true };
}

function placeElements(elements: unknown, placement: Placement, seen: Set<string>): Failure | undefined {
  if (!Array.isArray(elements) || !elements.every(isElement)) return NONSENSE;
  for (const element of elements) {
    const found = placement.matrix.seriesOf(element.metric);
    if ('ok' in found) return found;
    if (seen.has(found.name)) return failure('nonsense', `the answer has the series ${found.name} twice`);
    seen.add(found.name);
    const set = (point: number, value: number | string) =>
      setAt(found.series, placement.first + point, value);
    const placed =
      place(element.values ?? [], placement.piece, (point, text) => set(point, usableValue(text))) &&
      place(element.histograms ?? [], placement.piece, (point) => set(point, HISTOGRAM));
    if (!placed) return failure('nonsense', `the series ${found.name} has points that were not asked for`);
  }
  return undefined;
}

/** Whether the times are points of the grid, one after the other; each point is told then. */
function place<Value>(
  points: readonly (readonly [number, Value])[],
  { startMs, stepMs, points: count }: Grid,
  set: (point: number, value: Value) => void,
): boolean {
  let before = -1;
  for (const [seconds, value] of points) {
    const point = (Math.round(seconds * 1000) - startMs) / stepMs;
    if (!Number.isInteger(point) || point <= before || point >= count) return false;
    set(point, value);
    before = point;
  }
  return true;
}

interface Element {
  metric: Labels;
  values?: readonly (readonly [number, string])[];
  histograms?: readonly (readonly [number, unknown])[];
}

function isElement(element: unknown): element is Element {
  if (typeof element !== 'object' || element === null) return false;
  const { metric, values, histograms } = element as { [key in keyof Element]?: unknown };
  if (!isLabels(metric) || (values === undefined && histograms === undefined)) return false;
  return isListOf(values, isPoint) && isListOf(histograms, isHistogram);
}

function isListOf(list: unknown, isOne: (item: unknown) => boolean): boolean {
  return list === undefined || (Array.isArray(list) && list.every(isOne));
}

function isHistogram(point: unknown): boolean {
  return Array.isArray(point) && point.length === 2 && typeof point[0] === 'number';
}
