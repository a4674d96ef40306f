import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaintsOf, findChromium } from './chromium.ts';
import { chooseEpisode, type EpisodeStage, openEpisodeStage } from './episode-stage.ts';
import { showPanel, stillPage, stillPicture } from './panel-page.ts';
import { differenceFrom } from './pictures/likeness.ts';
import { EPISODE } from './pictures/pictures.ts';

const inChromium = (await findChromium()) === undefined ? describe.skip : describe;

// On a busy machine Chromium takes its time.
jest.setTimeout(120_000);

inChromium('an episode of a running agent in the preview', () => {
  let stage: EpisodeStage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stage = await openEpisodeStage();
  }, 300_000);
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stillPage(stage.browser, stage.prometheus);
    complaints = complaintsOf(page);
    await showPanel(page, stage.previewUrl, { ...EPISODE, range: '1h' });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('is shown with what followed firings that were left alone, and looks like its picture', async () => {
    await chooseEpisode(page);
    expect(await page.getByText('40 left alone').count()).toBe(1);
    expect(await page.getByText(/^It helped\. api_latency_p95_seconds was/).count()).toBe(1);
    expect(await differenceFrom('episode', await stillPicture(page))).toBeUndefined();
  });

  it('is in the address, and so is there again when that is opened', async () => {
    await chooseEpisode(page);
    expect(new URL(page.url()).searchParams.get('var-episode')).toBe(stage.episode);
    await page.reload();
    await page.getByText('40 left alone').waitFor();
    await page.getByRole('button', { name: /^Close slow-api/ }).click();
    await page.getByText('40 left alone').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('var-episode')).toBe('');
  });
});
