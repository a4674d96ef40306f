import { join } from 'node:path';
import { freePort } from '@evenkeel/toolkit/testing';
import { buildPreviewOn } from '../../../grafana-plugin/preview/build/other-grafana.ts';
import { createPreviewServer } from '../../../grafana-plugin/preview/server/server.ts';
import type { Shown } from '../../browser/preview-server.ts';
import { install } from '../installation.ts';

/** The preview as npm start runs it, but on the packages of the oldest Grafana that the panel says it runs on. */
export async function startPreviewOnOldestGrafana(
  { prometheusUrl, agentUrl }: Shown,
  directory: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const built = join(directory, 'oldest-grafana');
  await buildPreviewOn(install('oldest-grafana'), built);
  const server = createPreviewServer({
    ...{ prometheus: prometheusUrl, agent: agentUrl },
    directory: () => built,
  });
  const port = await freePort();
  const { promise: listening, resolve } = Promise.withResolvers<undefined>();
  server.listen(port, '127.0.0.1', () => resolve(undefined));
  await listening;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
