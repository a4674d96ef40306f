import { defineCommand, EXIT_FAILED, EXIT_OK } from '@evenkeel/toolkit';
import type { ChainCheck, JournalReader } from '../journal/index.ts';
import { requireConfig } from './load.ts';
import { CONFIG_OPTION } from './options.ts';
import { withJournal } from './with-journal.ts';

export const journalVerifyCommand = defineCommand({
  name: 'journal verify',
  summary: "recompute the journal's chain of hashes",
  options: CONFIG_OPTION,
  exits: {
    0: 'the journal is as it was written',
    1: 'a row was changed or taken out, or the last rows are missing; which one is shown',
  },
  async run(invocation) {
    const { values, write } = invocation;
    const { text, intact } = await withJournal(
      requireConfig(values['config.file'], invocation),
      verifyJournal,
    );
    await write(text);
    return intact ? EXIT_OK : EXIT_FAILED;
  },
});

async function verifyJournal(journal: JournalReader): Promise<{ text: string; intact: boolean }> {
  const check = await journal.verifyChain();
  const snapshot = await journal.snapshot();
  const from = snapshot === undefined ? 'none' : `row ${snapshot.seq}, hash ${snapshot.headHash}`;
  return { text: `${describeCheck(check)}snapshot: ${from}\n`, intact: check.intact };
}

/** What became of a check of the chain, in a line or some. */
export function describeCheck(check: ChainCheck): string {
  if (!check.intact) return `BROKEN at row ${check.brokenAtSeq}: ${check.because}\n`;
  return `intact\nrows:   ${check.rows}\nhead:   ${check.headHash}\n`;
}
