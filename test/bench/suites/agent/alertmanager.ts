import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '@evenkeel/runtime';
import { stringify } from 'yaml';
import { type Server, startServer } from '../../processes.ts';

/** A real Alertmanager that tells a webhook of each service by itself: as it waits by default, and without waiting. */
export async function startAlertmanager(directory: string, webhookUrl: string): Promise<Server> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'alertmanager.yml');
  const receiver = (name: string) => ({ name, webhook_configs: [{ url: `${webhookUrl}/${name}` }] });
  const route = {
    receiver: 'default',
    group_by: ['job'],
    routes: [
      { receiver: 'default', continue: true },
      { receiver: 'no_wait', group_wait: '0s' },
    ],
  };
  writeFileSync(file, stringify({ route, receivers: [receiver('default'), receiver('no_wait')] }));
  const { path, workingDirectory } = await findProgram('alertmanager');
  const args = (address: string) => [
    `--config.file=${file}`,
    `--storage.path=${join(directory, 'data')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ];
  return startServer(path, args, workingDirectory === undefined ? {} : { cwd: workingDirectory });
}
