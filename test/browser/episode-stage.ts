import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAddress } from '@evenkeel/toolkit';
import { AgentHarness } from '../../rule-agent/test/agent-harness.ts';
import { actAndMeasure, incidents, measuredRule, MINUTE_MS } from '../../rule-agent/test/incidents.ts';
import type { Page } from 'playwright-core';
import { findChromium, launchChromium } from './chromium.ts';
import { settled } from './panel-page.ts';
import { startPreview } from './preview-server.ts';
import { type Recording, startRecordedPrometheus } from './recorded-prometheus.ts';
import type { Stage } from './stage.ts';

const DAYS = 21;
const SHOWN_MINUTES = 120;
const SIGNAL = { signal: 'api_latency_p95_seconds', unit: 'seconds', domain: 'api' };

/** A stage with an agent beside the preview, which has acted on an incident of a simulated signal and given its verdict. */
export interface EpisodeStage extends Stage {
  agentUrl: string;
  episode: string;
}

/**
 * Three weeks of incidents that heal by themselves, and one that ended as soon as the agent acted.
 *
 * @throws Error when there is no Chromium on PATH
 */
export async function openEpisodeStage(): Promise<EpisodeStage> {
  const executable = await findChromium();
  if (executable === undefined) throw new Error('there is no chromium on PATH (apt-get install chromium)');
  const opened = new AsyncDisposableStack();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'evenkeel-stage-'));
    opened.defer(() => rm(directory, { recursive: true, force: true }));
    const harness = new AgentHarness();
    harness.rules = [measuredRule()];
    harness.prometheus.past = incidents(DAYS, 2);
    await harness.start();
    opened.defer(() => harness.stop());
    const episode = (await actAndMeasure(harness)).id;
    const file = join(directory, 'recording.json');
    await writeFile(file, JSON.stringify(recordingOf(harness)));
    const prometheus = await startRecordedPrometheus(directory, file);
    opened.defer(() => prometheus.stop());
    const agentUrl = `http://${formatAddress(harness.agent.addresses()[0]!)}`;
    const preview = await startPreview({ prometheusUrl: prometheus.url, agentUrl }, directory);
    opened.defer(() => preview.stop());
    const browser = await launchChromium(executable);
    opened.defer(() => browser.close());
    const close = () => opened.disposeAsync();
    return { prometheus, browser, previewUrl: preview.url, agentUrl, episode, close };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Shows the one episode in full, and waits for its series. */
export async function chooseEpisode(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Show slow-api/ }).click();
  await page.getByText(/^\d+ left alone$/).waitFor();
  await page.mouse.move(0, 0);
  await settled(page);
}

/** The last hours of the signal, as its Prometheus would have them. */
function recordingOf({ prometheus, clock }: AgentHarness): Recording {
  const untilMs = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
  const times = Array.from(
    { length: SHOWN_MINUTES + 1 },
    (_, back) => untilMs - (SHOWN_MINUTES - back) * MINUTE_MS,
  );
  const seriesOf = (name: string, labels: Record<string, string>, at: (ms: number) => number) => ({
    metric: { __name__: name, ...labels },
    values: times.map((ms): [number, string] => [ms / 1000, String(at(ms))]),
  });
  const latency = (ms: number) => prometheus.past('evenkeel:signal:value{', ms) ?? NaN;
  return {
    data: {
      result: [
        seriesOf('evenkeel:signal:value', { ...SIGNAL, job: 'warehouse' }, latency),
        seriesOf(
          'evenkeel:signal:info',
          { ...SIGNAL, title: 'API latency p95', direction: 'lower' },
          () => 1,
        ),
      ],
    },
  };
}
