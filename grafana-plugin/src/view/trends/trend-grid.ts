import { type Size } from '../arrangement';

export interface TrendGrid {
  columns: number;
  cardWidth: number;
  cardPx: number;
}

export const GAP = 12;
const LEAST_WIDTH = 250;
const LEAST_HEIGHT = { usual: 136, ofAll: 90 };
const SCROLLBAR_PX = 10;
/** Width by height of a card on which a line is easily read. */
const SHAPE = 2.2;
/** A plot that is higher than this, or than this share of its width, shows no more. */
const MOST_HEIGHT = { px: 240, share: 0.75 };

/** Cards of the best shape among the arrangements in which all are in sight; else as many columns as go, and it scrolls. */
export function trendGrid(count: number, { width, height }: Size): TrendGrid {
  const mostColumns = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  const fewestRows = Math.ceil(count / mostColumns);
  // In a low panel a card is as high as the panel, so that one is seen whole.
  const leastPx = Math.min(LEAST_HEIGHT.usual, Math.max(LEAST_HEIGHT.ofAll, Math.floor(height)));
  let best: TrendGrid | undefined;
  for (let rows = fewestRows; rows <= count; rows++) {
    const cardPx = Math.floor((height - (rows - 1) * GAP) / rows);
    if (cardPx < leastPx) {
      break;
    }
    const columns = Math.ceil(count / rows);
    const each = { columns, cardPx, cardWidth: widthOf(columns, width) };
    best = best === undefined || distortion(each) < distortion(best) ? each : best;
  }
  if (best === undefined) {
    const columns = Math.ceil(count / fewestRows);
    return { columns, cardPx: leastPx, cardWidth: widthOf(columns, width - SCROLLBAR_PX) };
  }
  const mostPx = Math.max(MOST_HEIGHT.px, Math.floor(best.cardWidth * MOST_HEIGHT.share));
  return { ...best, cardPx: Math.min(best.cardPx, mostPx) };
}

function widthOf(columns: number, width: number): number {
  return Math.floor((width - (columns - 1) * GAP) / columns);
}

function distortion({ cardWidth, cardPx }: TrendGrid): number {
  return Math.abs(Math.log(cardWidth / cardPx / SHAPE));
}
