import {
  createLogger,
  type LogFormat,
  type LogLevel,
  openWebAccess,
  parseListenAddress,
  runDaemon,
  systemClock,
} from '@evenkeel/toolkit';
import { createAgent } from '../app.ts';
import { openConfiguredJournal } from './open-journal.ts';
import type { AgentFlags } from './command-line.ts';
import { requireConfig, requireRules } from './load.ts';

export interface RunOptions {
  flags: AgentFlags;
  env: Readonly<Record<string, string | undefined>>;
  version: string;
}

/** Runs the agent until a signal; returns the exit code. */
export async function run({ flags, env, version }: RunOptions): Promise<number> {
  const file = flags['config.file'];
  const config = requireConfig(file, env);
  const listenAddress = flags['web.listen-address'];
  if (listenAddress !== undefined) config.api.listen = parseListenAddress(listenAddress);
  const logger = createLogger({
    name: 'evenkeel-agent',
    level: flags['log.level'] as LogLevel,
    format: flags['log.format'] as LogFormat,
  });
  const webConfigFile = flags['web.config.file'];
  const access =
    webConfigFile === undefined ? undefined : openWebAccess({ file: webConfigFile, logger, env });
  const { unmatched } = requireRules(config, file, env);
  for (const glob of unmatched) logger.warn({ glob }, 'no rule file matches');

  const agent = await createAgent({
    config,
    loadRules: () => requireRules(config, file, env).rules,
    journal: await openConfiguredJournal(config, { clock: systemClock, logger }),
    clock: systemClock,
    logger,
    version,
    access,
  });
  return runDaemon({ name: 'evenkeel-agent', logger, parts: agent.parts, reload: agent.reload });
}
