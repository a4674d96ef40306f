import { AnswerCutter } from './cut-answer.ts';
import { parseJson, readEnvelope } from './envelope.ts';
import { type Failure, NONSENSE } from './failure.ts';
import { readPiece } from './read-piece.ts';
import { toSample, toSamples, type VectorSample } from './samples.ts';
import { SeriesLabels } from './series-labels.ts';

export type QueryResult =
  | {
      ok: true;
      samples: readonly VectorSample[];
      receivedAtMs: number;
      /** By our clock, as is the time of receipt. */
      sentAtMs?: number;
    }
  | Failure;

/**
 * How far the clock of who answered is ahead of ours, or behind it if negative, at the least: the time of evaluation lies
 * between sending and receipt when the two clocks agree. Undefined when the answer has no time in it.
 */
export function clockSkewMs(result: QueryResult): number | undefined {
  if (!result.ok) return undefined;
  const { samples, receivedAtMs, sentAtMs = receivedAtMs } = result;
  const evaluatedAtMs = samples[0]?.atMs;
  if (evaluatedAtMs === undefined || evaluatedAtMs === 0) return undefined;
  if (evaluatedAtMs > receivedAtMs) return evaluatedAtMs - receivedAtMs;
  return Math.min(0, evaluatedAtMs - sentAtMs);
}

/** Reads the JSON of `/api/v1/query` into numbers and reasons, at once. */
export function parseQueryAnswer(text: string, receivedAtMs: number): QueryResult {
  const reader = new VectorReader();
  reader.add(text);
  return reader.end(receivedAtMs);
}

/** Reads the JSON of `/api/v1/query` part by part: it may be megabytes, and is never there as a whole. */
export class VectorReader {
  readonly #known: SeriesLabels;
  readonly #cutter = new AnswerCutter();
  readonly #samples: VectorSample[] = [];
  #isNonsense = false;

  constructor(known = new SeriesLabels()) {
    this.#known = known;
  }

  add(text: string): void {
    if (this.#isNonsense) return;
    for (const piece of this.#cutter.add(text)) {
      const read = readPiece(piece, this.#known) ?? toSamples(parseJson(`[${piece}]`));
      if (read === undefined) {
        this.#isNonsense = true;
        return;
      }
      for (const sample of read) this.#samples.push(sample);
    }
  }

  /** What all of it came to. */
  end(receivedAtMs: number): QueryResult {
    if (this.#isNonsense) return NONSENSE;
    const answer = readEnvelope(this.#cutter.rest());
    if (!answer.ok) return answer;
    const { resultType, result } = answer.data;
    if (resultType === 'scalar') return { ok: true, receivedAtMs, samples: [toSample({}, result)] };
    const last = resultType === 'vector' ? toSamples(result) : undefined;
    if (last === undefined) return NONSENSE;
    this.#known.answered(this.#samples.length);
    for (const sample of last) this.#samples.push(sample);
    return { ok: true, receivedAtMs, samples: this.#samples };
  }
}
