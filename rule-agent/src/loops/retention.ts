import { type Clock, type Logger, messageOf, type Part } from '@evenkeel/toolkit';
import { type Journal, type Leadership, shortenJournal } from '../journal/index.ts';

export interface RetentionOptions {
  journal: Journal;
  leadership: Leadership;
  retainMs: number;
  clock: Clock;
  logger: Logger;
}

const LOOK_EVERY_MS = 86_400_000;

/** Takes the rows out that are older than the journal is to remember, at the start and once a day, while this agent leads. */
export function createRetention({ journal, leadership, retainMs, clock, logger }: RetentionOptions): Part {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const shorten = async () => {
    if (!leadership.leads()) return;
    try {
      const rows = await shortenJournal(journal, clock.now() - retainMs);
      if (rows > 0) logger.info({ rows }, 'journal shortened');
    } catch (error) {
      logger.warn({ because: messageOf(error) }, 'the journal could not be shortened');
    }
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await shorten();
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined);
    }
  };
  return {
    name: 'retention',
    start() {
      running = loop();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
