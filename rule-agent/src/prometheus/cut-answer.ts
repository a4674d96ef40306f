/** Parsed in a millisecond or two. */
const PIECE_CHARACTERS = 100_000;

const RESULT = '"result":[';
/**
 * Where one element of a result ends and the next one begins. It is nowhere else: within a string its quotes would be
 * escaped, and the values of labels are strings. An answer that is written otherwise, with spaces say, is not cut.
 */
const BETWEEN_ELEMENTS = '},{"metric":';

/** Cuts the JSON of a result, as it comes in, so that no piece takes long to parse and no more than a few are held. */
export class AnswerCutter {
  readonly #pieceCharacters: number;
  #parts: string[] = [];
  #length = 0;
  #nextSearchAt: number;
  /** What stands before the elements, once that has been seen. */
  #head: string | undefined;

  constructor(pieceCharacters = PIECE_CHARACTERS) {
    this.#pieceCharacters = pieceCharacters;
    this.#nextSearchAt = pieceCharacters;
  }

  /** The pieces that have become complete: elements of a JSON array, in their order, without the brackets. */
  *add(text: string): Generator<string, void> {
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length >= this.#nextSearchAt) yield* this.#cut();
  }

  /** The answer with the elements after those pieces only, an answer by itself. */
  rest(): string {
    return (this.#head ?? '') + this.#parts.join('');
  }

  *#cut(): Generator<string, void> {
    const text = this.#withoutHead(this.#parts.join(''));
    let from = 0;
    while (this.#head !== undefined) {
      const between = text.indexOf(BETWEEN_ELEMENTS, from + this.#pieceCharacters);
      if (between === -1) break;
      yield text.slice(from, between + 1);
      from = between + 2;
    }
    this.#parts = [from === 0 ? text : text.slice(from)];
    this.#length = text.length - from;
    // Where nothing can be cut, as much again: searching all of it with every part would take for ever.
    this.#nextSearchAt = this.#length + (from === 0 ? text.length : this.#pieceCharacters);
  }

  #withoutHead(text: string): string {
    if (this.#head !== undefined) return text;
    const start = text.indexOf(RESULT) + RESULT.length;
    if (start < RESULT.length) return text;
    this.#head = text.slice(0, start);
    return text.slice(start);
  }
}
