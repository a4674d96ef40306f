import { rm } from 'node:fs/promises';
import { makeServerDirectory, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { EvenkeelError, type Part, silentLogger, systemClock } from '@evenkeel/toolkit';
import { restartedPart, type Running } from '../processes/restarts.ts';
import type { SystemOptions } from './system-options.ts';

/** The PostgreSQL from npm, started again on its data when it ends by itself; or the one that was given. */
export function databasePart(options: SystemOptions): Part {
  const { databaseUrl, run } = options;
  if (databaseUrl === undefined) return ownDatabase(options);
  return {
    name: 'PostgreSQL',
    start: async () => {
      await run.writeSecret('database-url', databaseUrl);
    },
    stop: () => undefined,
  };
}

function ownDatabase({ ports, run, report, removeAfterwards }: SystemOptions): Part {
  let directory: string | undefined;
  const start = async (signal: AbortSignal): Promise<Running> => {
    if (directory === undefined) {
      directory = await makeServerDirectory();
      removeAfterwards(directory);
    }
    const server = await startEmbeddedPostgres({
      port: ports.postgres,
      portFlag: '--postgres-port',
      directory,
      durability: 'relaxed',
      logger: silentLogger(),
      signal,
    });
    await run.writeSecret('database-url', server.url);
    let stopped = false;
    const ended = server.exited.then(() => {
      if (!stopped) throw new EvenkeelError('PART_EXITED', 'PostgreSQL ended by itself');
    });
    const stop = () => {
      stopped = true;
      return server.stop();
    };
    return { ended, stop };
  };
  const part = restartedPart({ name: 'PostgreSQL', start, report, clock: systemClock });
  const stop = async () => {
    await part.stop();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  return { ...part, stop };
}
