import type { Failure } from './failure.ts';
import { Matrix } from './matrix.ts';
import type { Placement } from './matrix-answer.ts';
import { type Grid, gridOf, partOf, type Range, type RangeResult } from './range.ts';

/** Prometheus refuses to answer with more points of one series. */
export const MOST_POINTS = 11_000;

/** What a piece came to: it is in the matrix, or there is a reason why not. */
export type PieceResult = { ok: true } | (Failure & { tooMuch?: TooMuch });

/**
 * Why less might be answered. `size`: it said that it was too much. `time`: it took too long, which may have other causes; so
 * it is only tried a few times.
 */
export type TooMuch = 'size' | 'time';

/** Half of it, a quarter, an eighth: a server that hangs is left alone after that. */
const MOST_TIMEOUTS = 4;

/**
 * Asks for a range in pieces that Prometheus answers, one after the other. A piece that is too much is halved, and so are all
 * after it.
 */
export async function queryInPieces(
  range: Range,
  ask: (placement: Placement) => Promise<PieceResult>,
): Promise<RangeResult> {
  const grid = gridOf(range);
  const matrix = new Matrix(grid);
  let most = MOST_POINTS;
  let timeouts = 0;
  for (let first = 0; first < grid.points;) {
    const piece = partOf(grid, first, Math.min(most, grid.points - first));
    const answer = await ask({ matrix, piece, first });
    if (answer.ok) {
      first += piece.points;
      timeouts = 0;
      continue;
    }
    if (answer.tooMuch === 'time') timeouts += 1;
    if (isFinal(answer, piece, timeouts)) return toFailure(answer, piece);
    most = Math.ceil(piece.points / 2);
  }
  return { ok: true, grid, series: matrix.series };
}

function isFinal({ tooMuch }: { tooMuch?: TooMuch }, { points }: Grid, timeouts: number): boolean {
  return tooMuch === undefined || points === 1 || timeouts >= MOST_TIMEOUTS;
}

function toFailure({ fault, because, tooMuch }: Failure & { tooMuch?: TooMuch }, { points }: Grid): Failure {
  const tried =
    tooMuch === undefined ? '' : `, not even for ${points === 1 ? 'one point' : `${points} points`}`;
  return { ok: false, fault, because: `${because}${tried}` };
}
