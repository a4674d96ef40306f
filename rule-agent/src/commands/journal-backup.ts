import { existsSync } from 'node:fs';
import { defineCommand, EvenkeelError, EXIT_OK } from '@evenkeel/toolkit';
import { copySqliteJournal, readSqliteJournal } from '../journal/index.ts';
import { describeCheck } from './journal-verify.ts';
import { requireConfig } from './load.ts';
import { CONFIG_OPTION } from './options.ts';

export const journalBackupCommand = defineCommand({
  name: 'journal backup',
  summary: 'copy the journal to a file that is not there yet, whether an agent writes it or not',
  operands: '<file>',
  options: CONFIG_OPTION,
  examples: ['evenkeel-agent journal backup journal-copy.db'],
  async run(invocation) {
    const { values, operands, write } = invocation;
    const { path } = requireConfig(values['config.file'], invocation).journal;
    if (path === undefined) throw refused('the journal is in PostgreSQL', 'back it up with pg_dump');
    await write(await backUp(path, operands[0]!));
    return EXIT_OK;
  },
});

async function backUp(path: string, file: string): Promise<string> {
  if (existsSync(file)) throw refused(`${file} is there already`, 'a backup never writes over a file');
  copySqliteJournal(path, file);
  const copy = readSqliteJournal(file);
  const check = await copy.verifyChain().finally(() => copy.close());
  return check.intact ? `${file}: ${check.rows} rows\n` : `${file}: ${describeCheck(check)}`;
}

function refused(message: string, hint: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, { hint });
}
