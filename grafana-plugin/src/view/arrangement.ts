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
const GAP = 16;
/** What a view deserves of the height, compared with the others in its column. */
const SHARE: Readonly<Record<ViewName, number>> = {
  score: 1,
  trends: 1.4,
  alerts: 0.8,
  enhancements: 1.2,
  entities: 1,
};

/** Side by side where each view gets a useful size; tabs where not, or where somebody wants them. */
export function place(views: readonly ViewName[], size: Size, arrangement: Arrangement): Placing {
  if (views.length > 1 && arrangement === 'tabs') {
    return { as: 'tabs' };
  }
  const columns = Math.max(1, Math.min(views.length, Math.floor((size.width + GAP) / (LEAST.width + GAP)), 3));
  const lists = spread(views, columns);
  const needed = Math.max(...lists.map((list) => list.length * LEAST.height + (list.length - 1) * GAP));
  if (views.length > 1 && arrangement === 'auto' && size.height < needed) {
    return { as: 'tabs' };
  }
  const height = Math.max(size.height, views.length === 1 ? 0 : needed);
  const width = (size.width - (columns - 1) * GAP) / columns;
  const tiles = lists.flatMap((list, column) => stacked(list, { left: column * (width + GAP), width, height }));
  return { as: 'tiles', tiles, height };
}

/** In the given order, down the columns, each column about equally heavy. */
function spread(views: readonly ViewName[], columns: number): ViewName[][] {
  const lists: ViewName[][] = Array.from({ length: columns }, () => []);
  const whole = views.reduce((sum, view) => sum + SHARE[view], 0);
  let before = 0;
  for (const view of views) {
    const column = Math.min(columns - 1, Math.floor(((before + SHARE[view] / 2) / whole) * columns));
    lists[column]!.push(view);
    before += SHARE[view];
  }
  return lists;
}

function stacked(
  list: readonly ViewName[],
  { left, width, height }: { left: number; width: number; height: number }
): Tile[] {
  const whole = list.reduce((sum, view) => sum + SHARE[view], 0);
  const free = height - (list.length - 1) * GAP;
  let top = 0;
  return list.map((view) => {
    const tile = { view, left, top, width, height: (free * SHARE[view]) / whole };
    top += tile.height + GAP;
    return tile;
  });
}
