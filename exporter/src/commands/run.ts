import {
  createLogger,
  defineCommand,
  EXIT_OK,
  formatAddress,
  type Invocation,
  LOG_OPTIONS,
  openWebAccess,
  parseListenAddress,
  runDaemon,
  WEB_CONFIG_OPTION,
} from '@evenkeel/toolkit';
import { createApp } from '../app.ts';
import { readConfig } from '../config/load.ts';
import { COLLECTOR_NAMES, type CollectorName, COLLECTORS } from '../model/collector-names.ts';
import { checkConfig } from './check.ts';
import { CONFIG_OPTION } from './options.ts';

type CollectorFlags = Record<`collector.${CollectorName}`, { type: 'flag'; default: true; about: string }>;

const collectorFlags = Object.fromEntries(
  COLLECTOR_NAMES.map((name) => [
    `collector.${name}`,
    { type: 'flag', default: true, about: COLLECTORS[name] },
  ]),
) as CollectorFlags;

const OPTIONS = {
  ...CONFIG_OPTION,
  'config.check': {
    type: 'flag',
    about: 'check the config, then exit; the same as the command check',
    env: false,
  },
  'web.listen-address': {
    type: 'list',
    about: 'address to listen on, instead of web.listen of the config; may be repeated',
    placeholder: 'host:port',
  },
  ...WEB_CONFIG_OPTION,
  ...collectorFlags,
  ...LOG_OPTIONS,
} as const;

export const runCommand = defineCommand({
  name: 'run',
  summary: 'serve /metrics until it is told to stop; SIGHUP reloads the config',
  options: OPTIONS,
  exits: { 0: 'stopped by a signal', 1: 'it did not start, or not everything stopped in time' },
  async run(invocation) {
    const { values, env, write } = invocation;
    if (!values['config.check']) return serve(invocation);
    const files = { config: values['config.file'], webConfig: values['web.config.file'] };
    await write(checkConfig(files, env));
    return EXIT_OK;
  },
});

async function serve({ values, env }: Invocation<typeof OPTIONS>): Promise<number> {
  const readCurrent = () => readConfig(values['config.file'], env);
  const config = readCurrent();
  const logger = createLogger({
    name: 'exporter',
    level: values['log.level'],
    format: values['log.format'],
  });
  const webConfigFile = values['web.config.file'];
  const access =
    webConfigFile === undefined ? undefined : openWebAccess({ file: webConfigFile, logger, env });
  const listen = values['web.listen-address'];
  const app = createApp({
    config,
    readConfig: readCurrent,
    ...(listen.length > 0 && { listen: listen.map(parseListenAddress) }),
    access,
    disabled: new Set(COLLECTOR_NAMES.filter((name) => !values[`collector.${name}`])),
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
