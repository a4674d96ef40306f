import { type App, createApp } from '@evenkeel/exporter';
import { parseListenAddress, silentLogger } from '@evenkeel/toolkit';

type Options = Parameters<typeof createApp>[0];
type ExporterOptions = Pick<Options, 'readConfig'> & Partial<Options>;

/** An exporter on a free port, without the facts of the host (which take a second) unless they are given. */
export async function startExporter(options: ExporterOptions): Promise<{ app: App; metricsUrl: string }> {
  const app = createApp({
    config: options.readConfig(),
    listen: [parseListenAddress('127.0.0.1:0')],
    logger: silentLogger(),
    loadFacts: () => Promise.reject(new Error('not asked in this test')),
    ...options,
  });
  const [address] = await app.start();
  return { app, metricsUrl: `http://127.0.0.1:${address!.port}/metrics` };
}
