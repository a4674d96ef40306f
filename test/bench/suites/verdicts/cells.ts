import { judge, meanOf } from '../../../../rule-agent/src/verification/index.ts';
import { type Cell, drawFirings, questionOf } from './firings.ts';

/** How the firings of a cell were judged, of which none was acted on, and how with an effect of one sigma. */
export interface CellResult {
  cell: Cell;
  firings: number;
  improved: Share;
  worsened: Share;
  /** Of the firings: those that were given an interval. */
  given: number;
  /** Of those: how many intervals hold the 0 that it was, and how far the effects are off on average, in sigmas. */
  coverage: number;
  bias: number;
  /** With an effect of one sigma: how many were called improved. */
  seen: number;
  verdicts: Readonly<Record<string, number>>;
}

/** A share of firings and its standard error, those of one series counted together. */
export interface Share {
  share: number;
  error: number;
}

interface Judged {
  series: number;
  verdict: string;
  interval: { holdsZero: boolean; effect: number } | undefined;
  seen: boolean;
}

export function measureCell(cell: Cell, count: number, seed = 1): CellResult {
  const judged: Judged[] = [];
  for (const firing of drawFirings(cell, count, seed)) {
    const { verdict, effect, low, high } = judge(questionOf(firing, cell.window));
    const known = effect !== undefined && low !== undefined && high !== undefined;
    const acted = judge(questionOf(firing, cell.window, firing.sigma));
    judged.push({
      ...{ series: firing.series, verdict },
      interval: known ? { holdsZero: low <= 0 && high >= 0, effect: effect / firing.sigma } : undefined,
      seen: acted.verdict === 'improved',
    });
  }
  return summarize(cell, judged);
}

function summarize(cell: Cell, judged: readonly Judged[]): CellResult {
  const intervals = judged.flatMap(({ interval }) => interval ?? []);
  const verdicts = Object.fromEntries(
    [...Map.groupBy(judged, ({ verdict }) => verdict)].map(([verdict, all]) => [verdict, all.length]),
  );
  return {
    ...{ cell, firings: judged.length, verdicts },
    improved: shareOf(judged, ({ verdict }) => verdict === 'improved'),
    worsened: shareOf(judged, ({ verdict }) => verdict === 'worsened'),
    given: intervals.length / judged.length,
    coverage: meanOf(intervals.map(({ holdsZero }) => Number(holdsZero))),
    bias: meanOf(intervals.map(({ effect }) => effect)),
    seen: meanOf(judged.map(({ seen }) => Number(seen))),
  };
}

function shareOf(judged: readonly Judged[], is: (one: Judged) => boolean): Share {
  const share = meanOf(judged.map((one) => Number(is(one))));
  let squares = 0;
  for (const ofSeries of Map.groupBy(judged, ({ series }) => series).values()) {
    squares += (ofSeries.filter(is).length - share * ofSeries.length) ** 2;
  }
  return { share, error: Math.sqrt(squares) / judged.length };
}
