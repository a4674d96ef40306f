import type { Labels } from '../model/family.ts';
import { MAX_VALUE_BYTES, type PageWriter, WORD_BYTES } from './page-writer.ts';
import type { SeriesLines } from './series-lines.ts';

/** Writing as many takes some hundredths of a millisecond, and a prefix that changes costs that of its neighbours. */
const LINES_PER_CHUNK = 256;

/**
 * The bytes that stand before a family's values, kept from page to page: series mostly come in the same order with the
 * same labels. A series is known by its place and its labels object, as comparing objects is cheaper than looking up.
 */
export class LinePrefixes {
  readonly #chunks: Chunk[] = [];

  /** Writes all lines, and pauses after each chunk of them. */
  *write(lines: SeriesLines, page: PageWriter): Generator<undefined, void> {
    const seriesPerChunk = Math.max(1, Math.floor(LINES_PER_CHUNK / lines.perSeries));
    this.#chunks.length = Math.ceil(lines.count / seriesPerChunk);
    for (let index = 0; index < this.#chunks.length; index++) {
      const first = index * seriesPerChunk;
      const end = Math.min(first + seriesPerChunk, lines.count);
      let chunk = this.#chunks[index];
      if (chunk?.isOf(lines, first, end) !== true) this.#chunks[index] = chunk = new Chunk(lines, first, end);
      chunk.write(lines, page);
      yield;
    }
  }
}

/** The prefixes of series that follow each other. */
class Chunk {
  readonly #first: number;
  readonly #labels: Labels[] = [];
  readonly #bytes: DataView;
  /** Where in the bytes the prefix of each line ends. */
  readonly #ends: number[] = [];

  constructor(lines: SeriesLines, first: number, end: number) {
    this.#first = first;
    let text = '';
    let bytes = 0;
    for (let series = first; series < end; series++) {
      const labels = lines.labels(series);
      this.#labels.push(labels);
      for (const prefix of lines.prefixes(labels)) {
        text += prefix;
        bytes += Buffer.byteLength(prefix);
        this.#ends.push(bytes);
      }
    }
    const memory = Buffer.allocUnsafeSlow(bytes + WORD_BYTES - 1);
    memory.write(text);
    this.#bytes = new DataView(memory.buffer);
  }

  isOf(lines: SeriesLines, first: number, end: number): boolean {
    if (this.#labels.length !== end - first) return false;
    return this.#labels.every((labels, index) => labels === lines.labels(first + index));
  }

  write(lines: SeriesLines, page: PageWriter): void {
    page.reserve(this.#bytes.byteLength + this.#ends.length * MAX_VALUE_BYTES);
    let line = 0;
    let from = 0;
    for (let series = 0; series < this.#labels.length; series++) {
      for (let own = 0; own < lines.perSeries; own++) {
        const to = this.#ends[line++]!;
        page.copy(this.#bytes, from, to);
        page.value(lines.value(this.#first + series, own));
        from = to;
      }
    }
  }
}
