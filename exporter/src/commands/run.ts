import {
  createLogger,
  type Environment,
  formatAddress,
  type LogFormat,
  type LogLevel,
  openWebAccess,
  parseListenAddress,
  runDaemon,
} from '@evenkeel/toolkit';
import { createApp } from '../app.ts';
import { readConfig } from '../config/load.ts';
import { disabledCollectors, type ExporterFlags } from './command-line.ts';

/**
 * Serves until a signal ends it.
 *
 * @returns the exit code
 * @throws EvenkeelError CONFIG_INVALID, CONFIG_UNREADABLE, LISTEN_ADDRESS_INVALID before anything is started
 */
export async function run(flags: ExporterFlags, env: Environment): Promise<number> {
  const readCurrent = () => readConfig(flags['config.file'], env);
  const config = readCurrent();
  const logger = createLogger({
    name: 'exporter',
    level: flags['log.level'] as LogLevel,
    format: flags['log.format'] as LogFormat,
  });
  const webConfigFile = flags['web.config.file'];
  const access =
    webConfigFile === undefined ? undefined : openWebAccess({ file: webConfigFile, logger, env });
  const listen = flags['web.listen-address'];
  const app = createApp({
    config,
    readConfig: readCurrent,
    ...(listen.length > 0 && { listen: listen.map(parseListenAddress) }),
    access,
    disabled: disabledCollectors(flags),
    logger,
  });
  const start = async () => {
    const scheme = access?.isTls === true ? 'https' : 'http';
    for (const address of await app.start())
      logger.info(`metrics at ${scheme}://${formatAddress(address)}/metrics`);
  };
  return runDaemon({
    name: 'exporter',
    logger,
    parts: [{ name: 'exporter', start, stop: () => app.stop() }],
    reload: () => app.reload(),
  });
}
