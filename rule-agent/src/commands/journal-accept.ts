import { defineCommand, EvenkeelError, EXIT_OK } from '@evenkeel/toolkit';
import { acceptSqliteJournal } from '../journal/index.ts';
import { requireConfig } from './load.ts';
import { CONFIG_OPTION } from './options.ts';

export const journalAcceptCommand = defineCommand({
  name: 'journal accept',
  summary: 'take the journal as it is, though rows that were written to it are missing',
  details:
    'For a journal that an agent refuses with JOURNAL_ROWS_MISSING, such as an older backup that was restored on purpose. Actions, pauses and cooldowns in the missing rows are forgotten.',
  options: CONFIG_OPTION,
  examples: ['evenkeel-agent journal accept --config.file=agent.yml'],
  async run(invocation) {
    const { values, write } = invocation;
    const { path } = requireConfig(values['config.file'], invocation).journal;
    if (path === undefined) {
      throw new EvenkeelError('COMMAND_LINE_INVALID', 'the journal is in PostgreSQL', {
        hint: 'only a journal that is a file is held against what is noted beside it',
      });
    }
    const { seq, hash } = acceptSqliteJournal(path);
    await write(`${path}: accepted as it is\nlast row: ${seq}\nhead:     ${hash}\n`);
    return EXIT_OK;
  },
});
