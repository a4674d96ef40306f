export interface Grid {
  columns: number;
  rows: number;
  rowPx: number;
  gapPx: number;
  tileWidth: number;
  /** Tiles with a name and a score only. */
  isCompact: boolean;
}

const GAP_PX = 6;
const ROOMY = { width: 180, rowPx: 66 };
const COMPACT = { width: 112, rowPx: 34 };
const ROWS_AROUND = 2;

/** Roomy tiles where they all fit, compact ones where they do not: then as wide as they can be without scrolling more. */
export function grid(count: number, { width, height }: { width: number; height: number }): Grid {
  const roomy = gridOf(count, ROOMY, { width, rowsInSight: 0 });
  const fits = roomy.rows * roomy.rowPx <= height;
  return fits
    ? { ...roomy, isCompact: false }
    : { ...gridOf(count, COMPACT, { width, rowsInSight: Math.floor(height / COMPACT.rowPx) }), isCompact: true };
}

/** The rows that are in sight, and a few around them. */
export function visibleRows({ rows, rowPx }: Grid, { height, scrolledPx }: { height: number; scrolledPx: number }) {
  return {
    first: Math.max(0, Math.floor(scrolledPx / rowPx) - ROWS_AROUND),
    last: Math.min(rows, Math.ceil((scrolledPx + height) / rowPx) + ROWS_AROUND),
  };
}

function gridOf(
  count: number,
  tile: { width: number; rowPx: number },
  { width, rowsInSight }: { width: number; rowsInSight: number }
) {
  const mostColumns = Math.max(1, Math.floor((width + GAP_PX) / (tile.width + GAP_PX)));
  const rows = Math.max(Math.ceil(count / mostColumns), Math.min(count, rowsInSight));
  // As many rows with fewer columns: names have more room.
  const columns = Math.max(1, Math.ceil(count / Math.max(1, rows)));
  return {
    columns,
    rows,
    rowPx: tile.rowPx,
    gapPx: GAP_PX,
    tileWidth: (width - 10 - (columns - 1) * GAP_PX) / columns,
  };
}
