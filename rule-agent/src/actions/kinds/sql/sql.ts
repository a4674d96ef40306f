import { z } from 'zod';
import { plainText } from '../../../schema/templates.ts';
import { type ActionKind, detailsOf } from '../../kind.ts';
import { resourceByLabels, type SpelledOutRequest } from '../../resource.ts';
import { spellOut } from '../../spelled-out.ts';
import { openSqlDatabase } from './database.ts';
import { type SqlSettings, sqlSystemSchema } from './sql-system.ts';
import { runningStatements } from './statements.ts';

/**
 * Runs statements of the configuration on PostgreSQL, each at most once for an episode: in the transaction of the
 * change a row is written into a key table, which also says afterwards whether it was done.
 */
export const sql: ActionKind<SqlSettings, { name: string }, SpelledOutRequest> = {
  name: 'sql',
  isMessage: false,
  system: {
    key: 'sql',
    schema: sqlSystemSchema,
    names: ({ statements }) => spellOut(statements),
  },
  action: {
    schema: z.strictObject({ name: plainText }),
    toRequest: ({ system, name }, spelledOut) => ({ kind: 'sql', system, name, ...spelledOut }),
  },
  resource: resourceByLabels,
  details: detailsOf(z.object({}), () => ({})),
  open({ name: system, settings, timeout: timeoutMs, networks = [] }) {
    const { url, keys, statements } = settings;
    const database = openSqlDatabase({ url, timeoutMs, networks });
    return { ...runningStatements({ system, database, keys, statements }), close: () => database.close() };
  },
};
