import { join } from 'node:path';
import { Child, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

const MAIN = join(import.meta.dirname, '../../grafana-plugin/preview/server/main.ts');
const BUILDING_DEADLINE_MS = 240_000;

/** What the preview shows: a Prometheus, and an agent if there is one. */
export interface Shown {
  prometheusUrl: string;
  agentUrl?: string;
}

/** The preview as npm start runs it, on a Prometheus of one's own. It is built first when its sources have changed. */
export async function startPreview(
  { prometheusUrl, agentUrl }: Shown,
  directory: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const server = new Child({
    name: 'preview',
    command: process.execPath,
    args: [
      MAIN,
      `--port=${port}`,
      `--prometheus-url=${prometheusUrl}`,
      ...(agentUrl === undefined ? [] : [`--agent-url=${agentUrl}`]),
    ],
    logFile: join(directory, 'preview.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(server, `${url}/-/ready`, BUILDING_DEADLINE_MS);
  return { url, stop: () => server.stop() };
}
