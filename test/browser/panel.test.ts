import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaintsOf, findChromium } from './chromium.ts';
import { tabTo, walk } from './keyboard.ts';
import { type PanelJson, type PanelLook, settled, showPanel, stillPage, stillPicture } from './panel-page.ts';
import { differenceBetween, differenceFrom } from './pictures/likeness.ts';
import { TWO_EPISODES } from './recorded-prometheus.ts';
import { openStage, type Stage } from './stage.ts';
import { spoilAnswers, WRONG_DATA } from './wrong-data.ts';

const VIEWS = ['score', 'trends', 'alerts', 'enhancements', 'entities'];
const ALL: PanelJson = { title: 'Operations' };

/** The stops of Grafana's frame: the panel, and its description. */
const GRAFANAS_OWN: unknown[] = [expect.stringMatching(/^section Operations/), 'span'];
const PLOTS = Array.from({ length: 12 }, (): unknown => expect.stringMatching(/^application Plot/));
const ALL_AT_ONCE = [
  ...['button Show score as a table', 'group Score and losses'],
  ...['button Show trends as a table', 'group Trends, worst first', ...PLOTS],
  ...['button Show alerts as a table', 'group Alerts, worst first'],
  ...['button Show enhancements as a table', 'group Timeline, episodes and rules'],
  ...['button Show entities as a table', 'group Entities, worst first'],
];
const BEHIND_TABS = ['tab Score', 'button Show score as a table', 'group Score and losses'];
const inChromium = (await findChromium()) === undefined ? describe.skip : describe;

// On a busy machine Chromium takes its time.
jest.setTimeout(120_000);

inChromium('the panel alone in Chromium', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stage = await openStage(TWO_EPISODES);
  }, 300_000);
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stillPage(stage.browser, stage.prometheus);
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const show = (look: PanelLook) => showPanel(page, stage.previewUrl, look);
  const beyondTheWindow = () =>
    page.evaluate<number[]>(
      '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]',
    );

  it.each(VIEWS)('looks like its picture: %s', async (view) => {
    await show({ panel: { ...ALL, options: { views: [view] } }, width: 900, height: 500 });
    expect(await differenceFrom(view, await stillPicture(page))).toBeUndefined();
  });

  it.each(['dark', 'light'] as const)('looks like its picture: all views, %s', async (theme) => {
    await show({ panel: ALL, width: 1600, height: 900, theme });
    expect(await differenceFrom(`all-${theme}`, await stillPicture(page))).toBeUndefined();
  });

  it('shrinks and grows: views go behind tabs and come back, and nothing reaches beyond its edge', async () => {
    await show({ panel: ALL, width: 1600, height: 900 });
    const before = await stillPicture(page);
    for (const [width, height] of [
      [900, 500],
      [400, 300],
      [240, 160],
      [1600, 300],
    ] as const) {
      await page.setViewportSize({ width, height });
      await settled(page);
      expect(await beyondTheWindow()).toEqual([0, 0]);
    }
    expect(await page.getByRole('tab').count()).toBe(VIEWS.length);
    await page.setViewportSize({ width: 1600, height: 900 });
    await settled(page);
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(differenceBetween(before, await stillPicture(page))).toBeUndefined();
  });

  describe('by keyboard', () => {
    it.each([
      { width: 1600, height: 900, views: ALL_AT_ONCE },
      { width: 400, height: 300, views: BEHIND_TABS },
    ])(
      'reaches everything once at $width x $height, and shows where it is',
      async ({ width, height, views }) => {
        await show({ panel: ALL, width, height });
        const stops = await walk(page);
        expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([]);
        expect(stops.map(({ said }) => said)).toEqual([...GRAFANAS_OWN, ...views]);
      },
    );

    it('leads from tab to tab by arrows', async () => {
      await show({ panel: ALL, width: 400, height: 300 });
      await tabTo(page, /^tab Score/);
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'Trends', selected: true }).waitFor();
      await page.keyboard.press('End');
      await page.getByRole('tab', { name: 'Entities', selected: true }).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'Score', selected: true }).waitFor();
    });

    it('turns a view into its table, which scrolls by arrows', async () => {
      await show({ panel: { ...ALL, options: { views: ['trends'] } }, width: 900, height: 300 });
      await tabTo(page, /Show trends as a table/);
      await page.keyboard.press('Enter');
      const table = page.getByRole('group', { name: /^Trends/ }).last();
      await table.getByRole('table').waitFor();
      await tabTo(page, /^group /);
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction('document.activeElement.scrollTop > 0');
    });

    it('moves the cursor of a plot, selects a time range, and lets go of it', async () => {
      await show({ panel: { ...ALL, options: { views: ['trends'] } }, width: 900, height: 500 });
      await tabTo(page, /^application /);
      const tooltip = page.getByTestId('evenkeel trend tooltip');
      await page.keyboard.down('ArrowRight');
      await tooltip.waitFor();
      await page.keyboard.up('ArrowRight');
      await page.keyboard.press('Escape');
      await tooltip.waitFor({ state: 'hidden' });
      expect(new URL(page.url()).searchParams.get('from')).toBe('now-15m');
      await page.keyboard.down('ArrowRight');
      await tooltip.waitFor();
      await page.keyboard.down(' ');
      await page.waitForFunction(
        "parseFloat(document.activeElement.querySelector('.u-select').style.width) > 20",
      );
      await page.keyboard.up(' ');
      await page.keyboard.up('ArrowRight');
      await page.waitForURL((url) => /^\d+$/.test(url.searchParams.get('from') ?? ''));
    });
  });

  describe.each(WRONG_DATA)('of $name', (wrong) => {
    it('is readable', async () => {
      await spoilAnswers(page, wrong, stage.prometheus);
      await show({
        panel: ALL,
        width: 1600,
        height: 900,
        ...(wrong.range === undefined ? {} : { range: wrong.range }),
      });
      expect(await page.getByTestId('panel Operations').innerText()).toMatch(wrong.says);
      expect(await beyondTheWindow()).toEqual([0, 0]);
    });
  });
});
