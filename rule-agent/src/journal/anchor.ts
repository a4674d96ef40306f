import { EvenkeelError } from '@evenkeel/toolkit';

/** The last row that was known to be in a journal. */
export interface Anchor {
  seq: number;
  hash: string;
}

/** The hash that a journal has at the row of an anchor, or SHORTENED, or nothing. */
export type FoundHash = string | undefined;

/** In the place of a hash: older rows were taken out up to there or beyond. */
export const SHORTENED = 'shortened';

/** What is wrong with a journal that should have the row of an anchor; nothing when it has, or had. */
export function findMissing(anchor: Anchor | undefined, found: FoundHash): string | undefined {
  if (anchor === undefined || anchor.seq === 0 || found === anchor.hash || found === SHORTENED)
    return undefined;
  return `row ${anchor.seq}, which was written to it, is ${found === undefined ? 'missing' : 'another one'}`;
}

/** @throws EvenkeelError JOURNAL_ROWS_MISSING */
export function requireKnownRow(journal: string, anchor: Anchor | undefined, found: FoundHash): void {
  const missing = findMissing(anchor, found);
  if (missing === undefined) return;
  throw new EvenkeelError(
    'JOURNAL_ROWS_MISSING',
    `the journal ${journal} is not the one that is known: ${missing}`,
    {
      hint: 'put back what is missing (of SQLite the file with its -wal), or restore the newest backup; to go on without those rows: evenkeel-agent journal accept',
    },
  );
}
