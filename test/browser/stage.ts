import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from './chromium.ts';
import { startPreview } from './preview-server.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from './recorded-prometheus.ts';

/** Everything that is needed to look at the panel. */
export interface Stage {
  prometheus: RecordedPrometheus;
  previewUrl: string;
  browser: Browser;
  close(): Promise<void>;
}

/**
 * A recording in a real Prometheus, the preview on it, and a Chromium to look with.
 *
 * @param start another preview than that of npm start
 * @throws Error when there is no Chromium on PATH
 */
export async function openStage(recording: string, start = startPreview): Promise<Stage> {
  const executable = await findChromium();
  if (executable === undefined) throw new Error('there is no chromium on PATH (apt-get install chromium)');
  const opened = new AsyncDisposableStack();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'evenkeel-stage-'));
    opened.defer(() => rm(directory, { recursive: true, force: true }));
    const prometheus = await startRecordedPrometheus(directory, recording);
    opened.defer(() => prometheus.stop());
    const preview = await start({ prometheusUrl: prometheus.url }, directory);
    opened.defer(() => preview.stop());
    const browser = await launchChromium(executable);
    opened.defer(() => browser.close());
    return { prometheus, browser, previewUrl: preview.url, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
