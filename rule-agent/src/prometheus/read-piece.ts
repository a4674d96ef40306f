import { toSample, type VectorSample } from './samples.ts';
import type { SeriesLabels } from './series-labels.ts';

const METRIC = '{"metric":';
const VALUE = ',"value":[';
const TEXT = ',"';
const END = '"]}';

/**
 * Reads elements of a vector without parsing the labels of series that are known; undefined when they are not written as
 * Prometheus writes them, which is not to say that they are wrong.
 *
 * What is looked for is nowhere within a string, where its quotes would be escaped.
 */
export function readPiece(piece: string, known: SeriesLabels): VectorSample[] | undefined {
  const samples: VectorSample[] = [];
  for (let at = 0; at < piece.length;) {
    const element = elementAt(piece, at);
    const labels = element && known.of(piece.slice(at + METRIC.length, element.value));
    if (element === undefined || labels === undefined) return undefined;
    const { value, text, end } = element;
    const seconds = Number(piece.slice(value + VALUE.length, text));
    samples.push(toSample(labels, [seconds, piece.slice(text + TEXT.length, end)]));
    at = end + END.length + 1;
  }
  return samples;
}

/** Where the parts of an element begin, when it is followed by another or by nothing. */
function elementAt(piece: string, at: number): { value: number; text: number; end: number } | undefined {
  const value = piece.indexOf(VALUE, at);
  const text = piece.indexOf(TEXT, value + VALUE.length);
  const end = piece.indexOf(END, text + TEXT.length);
  if (!piece.startsWith(METRIC, at) || value === -1 || text === -1 || end === -1) return undefined;
  const after = end + END.length;
  return after === piece.length || piece[after] === ',' ? { value, text, end } : undefined;
}
