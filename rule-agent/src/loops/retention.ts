import { type Clock, createLoop, type Logger, type Loop } from '@evenkeel/toolkit';
import { type Journal, shortenJournal } from '../journal/index.ts';

export interface RetentionOptions {
  journal: Journal;
  isActive: () => boolean;
  retainMs: number;
  clock: Clock;
  logger: Logger;
}

const EVERY_MS = 86_400_000;

/** Takes the rows out that are older than the journal is to remember, at the start and once a day, while this agent is active. */
export function createRetention({ journal, isActive, retainMs, clock, logger }: RetentionOptions): Loop {
  return createLoop({
    name: 'retention',
    ...{ clock, logger },
    intervalMs: EVERY_MS,
    async run() {
      if (!isActive()) return;
      const rows = await shortenJournal(journal, clock.now() - retainMs);
      if (rows > 0) logger.info({ rows }, 'journal shortened');
    },
  });
}
