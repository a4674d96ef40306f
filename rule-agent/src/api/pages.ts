import type { Journal } from '../journal/index.ts';
import type { EventKind } from '../model/event.ts';

export interface PageQuery {
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: number;
  rule?: string;
}

const DEFAULT_LIMIT = 50;

/** A page of rows, newest first, and the cursor of the one after it; null at the end. */
export async function findPage(journal: Journal, kinds: readonly EventKind[], query: PageQuery) {
  const { limit = DEFAULT_LIMIT, cursor, rule } = query;
  const rows = await journal.find({
    kinds,
    limit,
    ...(cursor !== undefined && { beforeSeq: cursor }),
    ...(rule !== undefined && { rule }),
  });
  const last = rows.at(-1);
  const next_cursor = rows.length < limit || last === undefined ? null : String(last.seq);
  return { rows, next_cursor };
}
