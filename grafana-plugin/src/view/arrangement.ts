import { type ViewName } from '../frames';
import { type Arrangement } from '../options/options';

export interface Size {
  width: number;
  height: number;
}

export interface Tile extends Size {
  view: ViewName;
  left: number;
  top: number;
}

export type Placing = { as: 'tabs' } | { as: 'tiles'; tiles: readonly Tile[]; height: number };

const LEAST = { width: 380, height: 190 };
const MOST_COLUMNS = 3;
const GAP = 20;
/** What a view deserves of the height, compared with the rows above and below. */
const WEIGHT: Readonly<Record<ViewName, number>> = { score: 1, trends: 1.2, alerts: 0.9, enhancements: 1, entities: 1 };

/** Side by side where each view gets a useful size; tabs where not, or where somebody wants them. */
export function place(views: readonly ViewName[], size: Size, arrangement: Arrangement): Placing {
  if (views.length > 1 && arrangement === 'tabs') {
    return { as: 'tabs' };
  }
  const columns = Math.max(
    1,
    Math.min(MOST_COLUMNS, views.length, Math.floor((size.width + GAP) / (LEAST.width + GAP)))
  );
  const rows = rowsOf(views, columns);
  const needed = rows.length * LEAST.height + (rows.length - 1) * GAP;
  if (views.length > 1 && arrangement === 'auto' && size.height < needed) {
    return { as: 'tabs' };
  }
  const height = views.length === 1 ? size.height : Math.max(size.height, needed);
  return { as: 'tiles', tiles: stack(rows, { width: size.width, height }, columns), height };
}

interface Cell {
  view: ViewName;
  span: number;
}

/** In the given order, from left to right; trends take two of three columns, and the last of a row what is left of it. */
function rowsOf(views: readonly ViewName[], columns: number): Cell[][] {
  const rows: Cell[][] = [];
  let free = 0;
  for (const view of views) {
    const span = view === 'trends' && columns === MOST_COLUMNS ? 2 : 1;
    if (span > free) {
      rows.push([]);
      free = columns;
    }
    rows.at(-1)!.push({ view, span });
    free -= span;
  }
  return rows.map((row) => {
    const left = columns - row.reduce((sum, { span }) => sum + span, 0);
    return row.map((cell, index) => (index === row.length - 1 ? { ...cell, span: cell.span + left } : cell));
  });
}

function stack(rows: readonly Cell[][], { width, height }: Size, columns: number): Tile[] {
  const weights = rows.map((row) => Math.max(...row.map(({ view }) => WEIGHT[view])));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const free = height - (rows.length - 1) * GAP;
  const column = (width - (columns - 1) * GAP) / columns;
  let top = 0;
  return rows.flatMap((row, index) => {
    const rowPx = (free * weights[index]!) / whole;
    let left = 0;
    const tiles = row.map(({ view, span }) => {
      const tile = { view, left, top, width: Math.floor(span * column + (span - 1) * GAP), height: Math.floor(rowPx) };
      left += span * (column + GAP);
      return tile;
    });
    top += rowPx + GAP;
    return tiles;
  });
}
