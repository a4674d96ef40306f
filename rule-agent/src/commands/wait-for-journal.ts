import type { EventEmitter } from 'node:events';
import {
  type Clock,
  createWebServer,
  EvenkeelError,
  formatAddress,
  formatDuration,
  type ListenAddress,
  type Logger,
  sendProblem,
  type WebAccess,
  type WebServer,
} from '@evenkeel/toolkit';
import { createAgentMetrics } from '../metrics/index.ts';

export interface WaitOptions {
  /** Where `/-/ready`, `/-/healthy` and `/metrics` are answered meanwhile. */
  listen: ListenAddress;
  openAccess: () => WebAccess | undefined;
  version: string;
  clock: Clock;
  logger: Logger;
  /** Where signals come from; the process, but for tests. */
  signals?: Pick<EventEmitter, 'on' | 'off'>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** That the journal is away passes; everything else is a mistake, and stays one. */
const PASSING: readonly string[] = ['JOURNAL_UNREACHABLE', 'JOURNAL_READ_FAILED'];

/**
 * Opens what needs the journal. While PostgreSQL is away it is tried again, with growing pauses; the log, `/-/ready` and the metrics say so.
 *
 * @returns undefined when a signal ended the wait; the caller closes what may be open then
 * @throws what `open` throws for other reasons
 */
export async function waitForJournal<Opened>(
  open: () => Promise<Opened>,
  options: WaitOptions,
): Promise<Opened | undefined> {
  const { clock, logger } = options;
  const ended = watchSignals(options);
  const isEnded = () => ended.signal.aborted;
  let waiting: WaitingRoom | undefined;
  try {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      const result = await attempt(open);
      if (isEnded()) return undefined;
      if ('opened' in result) return result.opened;
      if (result.because !== waiting?.because) {
        logger.warn(
          { because: result.because, again_in: formatDuration(waitMs) },
          'waiting for the journal: not ready, no actions; it is tried until it can be reached',
        );
      }
      waiting ??= await openWaitingRoom(options);
      waiting.because = result.because;
      await clock.sleep(waitMs, ended.signal).catch(() => undefined);
      if (isEnded()) return undefined;
    }
  } finally {
    ended.unwatch();
    await waiting?.server.close();
  }
}

async function attempt<Opened>(
  open: () => Promise<Opened>,
): Promise<{ opened: Opened } | { because: string }> {
  try {
    return { opened: await open() };
  } catch (error) {
    if (!(error instanceof EvenkeelError) || !PASSING.includes(error.code)) throw error;
    return { because: error.message };
  }
}

interface WaitingRoom {
  because: string;
  server: WebServer;
}

/** The web server of an agent that has no journal yet. */
async function openWaitingRoom({ listen, openAccess, version, logger }: WaitOptions): Promise<WaitingRoom> {
  const metrics = createAgentMetrics(version);
  metrics.journalWorks(false);
  const room: Pick<WaitingRoom, 'because'> = { because: '' };
  const server = createWebServer({
    name: 'Evenkeel rule agent',
    version,
    description: 'Waits for its journal.',
    logger,
    access: openAccess(),
    readiness: () => ({ ready: false, reason: `waiting for the journal: ${room.because}` }),
    metrics: async (_request, response) => {
      response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    },
    mount: (app) =>
      void app.use('/api', (_request, response) =>
        sendProblem(response, {
          status: 503,
          title: 'Waiting for the journal',
          code: 'JOURNAL_UNREACHABLE',
          detail: room.because,
        }),
      ),
  });
  const bound = await server.listen([listen]);
  logger.info({ address: bound.map(formatAddress).join(', ') }, 'listening');
  return Object.assign(room, { server });
}

function watchSignals({ logger, signals = process }: WaitOptions) {
  const ended = new AbortController();
  const end = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'signal received, no longer waiting for the journal');
    ended.abort();
  };
  // Rules are read when the journal is there.
  const ignore = () => undefined;
  const handlers = { SIGTERM: end, SIGINT: end, SIGHUP: ignore };
  for (const [name, handler] of Object.entries(handlers)) signals.on(name, handler);
  return {
    signal: ended.signal,
    unwatch() {
      for (const [name, handler] of Object.entries(handlers)) signals.off(name, handler);
    },
  };
}
