import { join } from 'node:path';
import { nativeDeployment, writeConfigs } from './deployment.ts';
import { PORTS, type Ports } from './ports.ts';
import { createRunDirectory } from './run-directory.ts';

/** Writes the configs of a native start on its standard ports under `directory`, for tools that check them. */
export async function writeNativeConfigs(
  directory: string,
): Promise<{ prometheus: string; alertmanager: string }> {
  const ports = Object.fromEntries(
    Object.entries(PORTS).map(([name, { standard }]) => [name, standard]),
  ) as unknown as Ports;
  const run = await createRunDirectory(directory);
  await writeConfigs(await nativeDeployment(ports, run), run);
  return {
    prometheus: run.file(join('config', 'prometheus.yml')),
    alertmanager: run.file(join('config', 'alertmanager.yml')),
  };
}
