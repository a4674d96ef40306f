/** Parsed in a millisecond or two. */
const PIECE_CHARACTERS = 100_000;

const RESULT = '"result":[';
/**
 * Where one element of a vector ends and the next one begins. It is nowhere else: within a string its quotes would be
 * escaped, and the values of labels are strings. An answer that is written otherwise, with spaces say, is not cut.
 */
const BETWEEN_ELEMENTS = '},{"metric":';

export interface CutAnswer {
  /** The elements of JSON arrays, in their order, without the brackets. */
  pieces: Iterable<string>;
  /** The answer with the elements after those only, an answer by itself. */
  rest: string;
}

/** Cuts the JSON of a vector so that no piece takes long to parse. */
export function cutAnswer(text: string, pieceCharacters = PIECE_CHARACTERS): CutAnswer {
  const start = text.indexOf(RESULT) + RESULT.length;
  if (start < RESULT.length) return { pieces: [], rest: text };
  const cuts: number[] = [];
  for (;;) {
    const between = text.indexOf(BETWEEN_ELEMENTS, (cuts.at(-1) ?? start) + pieceCharacters);
    if (between === -1) break;
    cuts.push(between + 1);
  }
  return {
    pieces: piecesOf(text, start, cuts),
    rest: text.slice(0, start) + text.slice(restAt(start, cuts)),
  };
}

function* piecesOf(text: string, start: number, cuts: readonly number[]): Generator<string> {
  let from = start;
  for (const cut of cuts) {
    yield text.slice(from, cut);
    from = cut + 1;
  }
}

function restAt(start: number, cuts: readonly number[]): number {
  const last = cuts.at(-1);
  return last === undefined ? start : last + 1;
}
