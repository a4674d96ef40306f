import type { EventEmitter } from 'node:events';
import type { Logger } from '../logger.ts';
import { within } from './deadline.ts';

/** One thing that a daemon starts and stops. `stop` is called only after `start` resolved. */
export interface Part {
  name: string;
  start(): Promise<void> | void;
  stop(): Promise<void> | void;
}

export interface DaemonOptions {
  name: string;
  logger: Logger;
  /** Started in this order, stopped in the reverse one. */
  parts: readonly Part[];
  /** All of stopping together may take this long, then the process ends hard. Default 10 s. */
  stopDeadlineMs?: number;
  /** Called on SIGHUP; when it rejects, the old config must still be in force. Without it SIGHUP stops, as by custom. */
  reload?: () => Promise<void>;
  /** Called once all parts are up. */
  ready?: () => void;
  /** When it resolves, the daemon stops by itself with that exit code. */
  finished?: Promise<number>;
  /** Where signals come from; the process, but for tests. */
  signals?: Pick<EventEmitter, 'on' | 'off'>;
  /** How the process ends at once; `process.exit`, but for tests. */
  exit?: (code: number) => void;
  /** How long after the first signal another one is not a second wish. Default 500 ms. */
  echoMs?: number;
}

const EXIT_OK = 0;
const EXIT_FAILED = 1;
const DEFAULT_STOP_DEADLINE_MS = 10_000;
const DEFAULT_ECHO_MS = 500;

/**
 * Runs a daemon until a signal: starts its parts in order, drains them in reverse on SIGTERM or SIGINT, reloads on SIGHUP.
 * A second signal, or the stop deadline, ends the process at once. What comes within `echoMs` of the first is the same wish: npm
 * passes on a ctrl-C that the terminal has sent to everybody already.
 *
 * @returns the exit code: 0 after a clean stop, 1 when a part did not start or stop
 */
export async function runDaemon(options: DaemonOptions): Promise<number> {
  const { name, logger } = options;
  const stopRequested = watchSignals(options);
  const unwatchReload = watchReload(options);
  try {
    const started = await startInOrder(options, stopRequested.promise);
    if (started.complete) {
      options.ready?.();
      const code = await Promise.race([stopRequested.promise, options.finished ?? stopRequested.promise]);
      logger.info(`${name} is stopping`);
      return Math.max(code, await stopInReverse(started.parts, options));
    }
    return Math.max(started.code, await stopInReverse(started.parts, options));
  } finally {
    unwatchReload();
    stopRequested.unwatch();
  }
}

interface Started {
  complete: boolean;
  code: number;
  parts: Part[];
}

async function startInOrder(options: DaemonOptions, stopRequested: Promise<number>): Promise<Started> {
  const { logger } = options;
  const stop = { requested: false };
  void stopRequested.then(() => (stop.requested = true));
  const parts: Part[] = [];
  for (const part of options.parts) {
    try {
      await part.start();
      parts.push(part);
    } catch (error) {
      logger.error({ err: error }, `${part.name} did not start`);
      return { complete: false, code: EXIT_FAILED, parts };
    }
    if (stop.requested) return { complete: false, code: EXIT_OK, parts };
  }
  return { complete: true, code: EXIT_OK, parts };
}

async function stopInReverse(parts: readonly Part[], options: DaemonOptions): Promise<number> {
  const { logger, stopDeadlineMs = DEFAULT_STOP_DEADLINE_MS, exit = exitProcess } = options;
  let code = EXIT_OK;
  const drain = async () => {
    for (const part of [...parts].reverse()) {
      try {
        await part.stop();
      } catch (error) {
        logger.error({ err: error }, `${part.name} did not stop cleanly`);
        code = EXIT_FAILED;
      }
    }
  };
  if (await within(stopDeadlineMs, drain())) return code;
  logger.error(`not stopped after ${stopDeadlineMs} ms, ending at once`);
  exit(EXIT_FAILED);
  return EXIT_FAILED;
}

function watchSignals({
  logger,
  reload,
  signals = process,
  exit = exitProcess,
  echoMs = DEFAULT_ECHO_MS,
}: DaemonOptions) {
  const stopping = reload === undefined ? ['SIGTERM', 'SIGINT', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];
  const { promise, resolve } = Promise.withResolvers<number>();
  let firstMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstMs === undefined) {
      firstMs = performance.now();
      logger.info({ signal }, 'signal received, draining; a second one ends at once');
      resolve(EXIT_OK);
    } else if (performance.now() - firstMs >= echoMs) {
      exit(EXIT_FAILED);
    }
  };
  for (const name of stopping) signals.on(name, onSignal);
  const unwatch = () => {
    for (const name of stopping) signals.off(name, onSignal);
  };
  return { promise, unwatch };
}

function watchReload({ logger, reload, signals = process }: DaemonOptions): () => void {
  if (reload === undefined) return () => undefined;
  const onHangup = () => void reloadOnce(reload, logger);
  signals.on('SIGHUP', onHangup);
  return () => signals.off('SIGHUP', onHangup);
}

async function reloadOnce(reload: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await reload();
    logger.info('configuration reloaded');
  } catch (error) {
    logger.error({ err: error }, 'configuration not reloaded, the old one stays in force');
  }
}

function exitProcess(code: number): void {
  process.exit(code);
}
