import {
  createLogger,
  defineCommand,
  EXIT_OK,
  type Invocation,
  LOG_OPTIONS,
  openWebAccess,
  parseListenAddress,
  runDaemon,
  systemClock,
  WEB_CONFIG_OPTION,
} from '@evenkeel/toolkit';
import { createAgent } from '../app.ts';
import { check } from './check.ts';
import { createRuleLoader, requireConfig, requireRules } from './load.ts';
import { openConfiguredJournal } from './open-journal.ts';
import { CONFIG_OPTION } from './options.ts';
import { waitForJournal } from './wait-for-journal.ts';

const OPTIONS = {
  ...CONFIG_OPTION,
  'config.check': {
    type: 'flag',
    about: 'check the configuration and the rules, then exit; the same as the command check',
  },
  'web.listen-address': {
    type: 'text',
    placeholder: 'host:port',
    about: 'where to listen; overrides api.listen of the configuration',
  },
  ...WEB_CONFIG_OPTION,
  ...LOG_OPTIONS,
} as const;

export const runCommand = defineCommand({
  name: 'run',
  summary: 'run the agent until it is told to stop; SIGHUP reloads the rules',
  options: OPTIONS,
  exits: { 0: 'stopped by a signal', 1: 'it did not start, or not everything stopped in time' },
  async run(invocation) {
    const { values, write } = invocation;
    if (!values['config.check']) return serve(invocation);
    const files = { file: values['config.file'], webConfigFile: values['web.config.file'] };
    await write(await check(files, invocation));
    return EXIT_OK;
  },
});

async function serve({ values, env, program }: Invocation<typeof OPTIONS>): Promise<number> {
  const file = values['config.file'];
  const config = requireConfig(file, { env, program });
  const listenAddress = values['web.listen-address'];
  if (listenAddress !== undefined) config.api.listen = parseListenAddress(listenAddress);
  const logger = createLogger({
    name: 'evenkeel-agent',
    level: values['log.level'],
    format: values['log.format'],
  });
  const webConfigFile = values['web.config.file'];
  const openAccess = () =>
    webConfigFile === undefined ? undefined : openWebAccess({ file: webConfigFile, logger, env });
  const loadAll = () => requireRules(config, file, env);
  const { unmatched } = loadAll();
  const loadRules = createRuleLoader(loadAll, unmatched);
  for (const glob of unmatched) logger.warn({ glob }, 'no rule file matches');

  const around = { version: program.version, clock: systemClock, logger };
  let closeJournal = () => Promise.resolve();
  const open = async () => {
    const journal = await openConfiguredJournal(config, around);
    closeJournal = () => journal.journal.close();
    try {
      return await createAgent({ config, loadRules, journal, ...around, access: openAccess() });
    } catch (error) {
      await closeJournal();
      throw error;
    }
  };
  const agent = await waitForJournal(open, { listen: config.api.listen, openAccess, ...around });
  if (agent === undefined) {
    await closeJournal().catch(() => undefined);
    return EXIT_OK;
  }
  return runDaemon({ name: 'evenkeel-agent', logger, parts: agent.parts, reload: agent.reload });
}
