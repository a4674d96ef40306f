import { defineCommand, EvenkeelError, EXIT_OK, parseDuration } from '@evenkeel/toolkit';
import { toStoredRow } from '../journal/index.ts';
import { toJournalRecord } from '../views/index.ts';
import { requireConfig } from './load.ts';
import { CONFIG_OPTION } from './options.ts';
import { withJournal } from './with-journal.ts';

export const journalExportCommand = defineCommand({
  name: 'journal export',
  summary: 'write the rows of the journal as JSON, one a line, with the names and times of the API',
  details:
    'A time is written as 2026-11-24T10:00:00Z, or as so long ago: 1h, 1d. Without --from and --to all rows are written. With --raw they are written as they are stored, from which their hashes can be computed.',
  options: {
    ...CONFIG_OPTION,
    from: { type: 'text', placeholder: 'time', about: 'from this time on' },
    to: { type: 'text', placeholder: 'time', about: 'before this time' },
    raw: { type: 'flag', about: 'write what is stored and hashed: seq, once, body, hash' },
  },
  examples: ['evenkeel-agent journal export --from=1d > last-day.jsonl'],
  async run(invocation) {
    const { values, write } = invocation;
    const { fromMs, toMs } = readSpan(values.from, values.to, Date.now());
    const toLine = values.raw ? toStoredRow : toJournalRecord;
    await withJournal(requireConfig(values['config.file'], invocation), async (journal) => {
      for await (const row of journal.replay(0)) {
        if (row.event.at < fromMs || row.event.at >= toMs) continue;
        await write(`${JSON.stringify(toLine(row))}\n`);
      }
    });
    return EXIT_OK;
  },
});

/** @throws EvenkeelError COMMAND_LINE_INVALID */
function readSpan(from: string | undefined, to: string | undefined, nowMs: number) {
  return {
    fromMs: from === undefined ? 0 : readTime('from', from, nowMs),
    toMs: to === undefined ? Infinity : readTime('to', to, nowMs),
  };
}

function readTime(flag: string, text: string, nowMs: number): number {
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))) return Date.parse(text);
  try {
    return nowMs - parseDuration(text);
  } catch (cause) {
    throw new EvenkeelError('COMMAND_LINE_INVALID', `--${flag} is "${text}"`, {
      cause,
      hint: 'expected a time such as 2026-11-24T10:00:00Z, or how long ago, such as 1h',
    });
  }
}
