import { EvenkeelError, shorten } from '@evenkeel/toolkit';
import { SIGNAL_PART } from '../facts/index.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { Failure } from '../prometheus/failure.ts';
import { endOf, type Grid, type RangeSeries, valueAt } from '../prometheus/range.ts';
import type { VectorSample } from '../prometheus/samples.ts';

/** The times for which a past is answered, and the most points that are read at once. */
export interface PastSteps {
  stepMs: number;
  /** Nothing is asked for beyond this. */
  toMs: number;
  mostPoints: number;
}

/** A question about the past, with the part of the signals that its answer is, if it is one. */
export interface PastQuery {
  promql: string;
  part?: string;
}

interface Chunk {
  series: readonly RangeSeries[];
  grid: Grid;
  endMs: number;
  /** Why the query was refused, at this one point. */
  refusal?: Failure;
}

/** How many points are asked for before it is known how many series there are. */
const FIRST_POINTS = 250;
/** After a piece that was answered, the next may be so many times as long. */
const GROWTH = 8;
/** A query that is refused at each of so many moments, and was never answered, is refused always. */
const MOST_REFUSALS = 10;
/** 8 MB of a query at a time. */
const MOST_VALUES = 1_000_000;
/** Of a query in a hint. */
const MOST_CHARACTERS = 200;

/** What one query says from moment to moment. It is read some hours at a time, the next ones while these are played. */
export class PastOfQuery {
  readonly #query: PastQuery;
  readonly #ask: Prometheus['queryRange'];
  readonly #steps: PastSteps;
  #points: number;
  #wasAnswered = false;
  #refusals = 0;
  #now: Chunk | undefined;
  #next: Promise<Chunk> | undefined;

  constructor(query: PastQuery, ask: Prometheus['queryRange'], steps: PastSteps) {
    this.#query = query;
    this.#ask = ask;
    this.#steps = steps;
    this.#points = Math.min(FIRST_POINTS, steps.mostPoints);
  }

  /**
   * The answer at a multiple of the step. Moments may be left out, but none comes before an earlier one. A query may be refused at some of
   * them, as where two series are suddenly one too many: that is an answer, as it was for the agent then.
   *
   * @throws EvenkeelError HISTORY_UNREADABLE
   */
  async at(nowMs: number): Promise<{ ok: true; samples: VectorSample[] } | Failure> {
    if (this.#now === undefined || nowMs > this.#now.endMs) this.#now = await this.#moveTo(nowMs);
    const { series, grid, refusal } = this.#now;
    if (refusal !== undefined) return refusal;
    const point = (nowMs - grid.startMs) / grid.stepMs;
    const samples: VectorSample[] = [];
    for (const one of series) {
      const value = valueAt(one, point);
      if (value !== undefined) samples.push({ labels: one.labels, value, atMs: nowMs });
    }
    return { ok: true, samples };
  }

  async #moveTo(nowMs: number): Promise<Chunk> {
    const { stepMs, toMs, mostPoints } = this.#steps;
    const ahead = await this.#next;
    const chunk = ahead !== undefined && nowMs <= ahead.endMs ? ahead : await this.#read(nowMs);
    const room = Math.min(mostPoints, Math.ceil(MOST_VALUES / Math.max(1, chunk.series.length)));
    this.#points = chunk.refusal === undefined ? Math.min(room, GROWTH * chunk.grid.points) : 1;
    const nextMs = chunk.endMs + stepMs;
    this.#next = nextMs > toMs ? undefined : this.#read(nextMs);
    // Whoever comes to it is told.
    this.#next?.catch(() => undefined);
    return chunk;
  }

  async #read(fromMs: number): Promise<Chunk> {
    const { stepMs, toMs } = this.#steps;
    if (fromMs % stepMs !== 0) throw new RangeError(`${fromMs} is no multiple of the step, ${stepMs} ms`);
    let points = Math.min(this.#points, (toMs - fromMs) / stepMs + 1);
    for (;;) {
      const chunk = await this.#readPoints(fromMs, points);
      if (chunk.refusal === undefined || points === 1) return chunk;
      points = Math.ceil(points / 2);
    }
  }

  async #readPoints(fromMs: number, points: number): Promise<Chunk> {
    const { promql, part } = this.#query;
    const { stepMs } = this.#steps;
    const result = await this.#ask(promql, { fromMs, toMs: fromMs + (points - 1) * stepMs, stepMs });
    if (!result.ok) {
      if (result.fault !== 'query' || this.#isRefusedAlways(points)) throw unreadable(promql, result);
      return { series: [], grid: { startMs: fromMs, stepMs, points }, endMs: fromMs, refusal: result };
    }
    this.#wasAnswered = true;
    const { grid, series } = result;
    return { series: part === undefined ? series : named(series, part), grid, endMs: endOf(grid) };
  }

  #isRefusedAlways(points: number): boolean {
    if (points === 1) this.#refusals += 1;
    return !this.#wasAnswered && this.#refusals >= MOST_REFUSALS;
  }
}

function named(series: readonly RangeSeries[], part: string): RangeSeries[] {
  return series.map((one) => ({ ...one, labels: { ...one.labels, [SIGNAL_PART]: part } }));
}

function unreadable(promql: string, { fault, because }: Failure): EvenkeelError {
  const hint =
    fault === 'query'
      ? `the query was: ${shorten(promql, MOST_CHARACTERS)}`
      : 'check the address of Prometheus, here and in the configuration, and that it can be reached from here';
  return new EvenkeelError('HISTORY_UNREADABLE', `the past cannot be read: ${because}`, { hint });
}
