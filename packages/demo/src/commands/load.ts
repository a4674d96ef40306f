import { defineCommand, EvenkeelError, EXIT_OK, LOG_OPTIONS } from '@evenkeel/toolkit';
import { Database } from '../database/index.ts';
import { loadOpening, migrate } from '../schema/index.ts';
import { buildLogger, DATABASE_OPTION, readDatabaseUrl } from './options.ts';

const OPTIONS = { ...DATABASE_OPTION, ...LOG_OPTIONS } as const;

export const loadCommand = defineCommand({
  name: 'load',
  summary: 'create the schema in a PostgreSQL and fill it with the opening stock, as serve does by itself',
  options: OPTIONS,
  async run({ values, env }) {
    const logger = buildLogger('evenkeel-demo', values);
    const url = readDatabaseUrl(values, env);
    if (url === undefined) {
      throw new EvenkeelError('COMMAND_LINE_INVALID', 'there is no database to load', {
        hint: 'give --database-url-file, or set DATABASE_URL',
      });
    }
    const database = new Database({ url, maxConnections: 2, logger });
    try {
      await migrate(database, logger);
      if (!(await loadOpening(database, logger))) logger.info('the warehouse was loaded before');
      return EXIT_OK;
    } finally {
      await database.close();
    }
  },
});
