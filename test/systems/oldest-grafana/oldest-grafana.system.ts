import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { complaintsOf, findChromium } from '../../browser/chromium.ts';
import { tabTo } from '../../browser/keyboard.ts';
import { drawOver, pointAt } from '../../browser/mouse.ts';
import { type PanelJson, showPanel, stillPage, stillPicture } from '../../browser/panel-page.ts';
import { differenceFrom } from '../../browser/pictures/likeness.ts';
import { TWO_EPISODES } from '../../browser/recorded-prometheus.ts';
import { openStage, type Stage } from '../../browser/stage.ts';
import { startPreviewOnOldestGrafana } from './preview-on-oldest.ts';

const PLUGIN_JSON = join(import.meta.dirname, '../../../grafana-plugin/src/plugin.json');
const VIEWS = ['score', 'trends', 'alerts', 'enhancements', 'entities'];
const ALL: PanelJson = { title: 'Operations' };
const TRENDS: PanelJson = { ...ALL, options: { views: ['trends'] } };
const ENTITIES_WITH_LINKS: PanelJson = {
  ...ALL,
  options: { views: ['entities'] },
  fieldConfig: {
    defaults: {
      links: [
        { title: 'Runbook', url: '/runbook' },
        { title: 'Dashboard', url: '/dashboard' },
      ],
    },
    overrides: [],
  },
};

const inChromium = (await findChromium()) === undefined ? describe.skip : describe;

inChromium('the built panel on the oldest Grafana that it says it runs on', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stage = await openStage(TWO_EPISODES, startPreviewOnOldestGrafana);
  }, 600_000);
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stillPage(stage.browser, stage.prometheus);
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const show = (panel: PanelJson, size = { width: 900, height: 500 }) =>
    showPanel(page, stage.previewUrl, { panel, ...size });

  it('is on that Grafana, with React 18', async () => {
    const { dependencies } = JSON.parse(readFileSync(PLUGIN_JSON, 'utf8')) as {
      dependencies: { grafanaDependency: string };
    };
    await show(ALL);
    const version = await page.evaluate<string>('grafanaBootData.settings.buildInfo.version');
    expect(dependencies.grafanaDependency).toBe(`>=${version}`);
    expect(await page.evaluate("System.get('shared:react').default.version")).toMatch(/^18\./);
  });

  it.each(VIEWS)('looks like its picture on the newest, and has a table: %s', async (view) => {
    await show({ ...ALL, options: { views: [view] } });
    expect(await differenceFrom(view, await stillPicture(page))).toBeUndefined();
    await page.getByRole('button', { name: `Show ${view} as a table` }).click();
    await page.getByRole('table').first().waitFor();
  });

  it.each(['dark', 'light'] as const)(
    'looks like its picture on the newest: all views, %s',
    async (theme) => {
      await showPanel(page, stage.previewUrl, { panel: ALL, width: 1600, height: 900, theme });
      expect(await differenceFrom(`all-${theme}`, await stillPicture(page))).toBeUndefined();
    },
  );

  it('says the values below the mouse, and zooms where it draws over a plot', async () => {
    await show(TRENDS);
    const plot = page.locator('.u-over').first();
    await pointAt(plot, 0.3);
    await page.getByTestId('evenkeel trend tooltip').waitFor();
    await drawOver(plot, [0.3, 0.7]);
    await page.waitForURL((url) => /^\d+$/.test(url.searchParams.get('from') ?? ''));
  });

  it('moves the cursor of a plot by keyboard', async () => {
    await show(TRENDS);
    await tabTo(page, /^application /);
    const tooltip = page.getByTestId('evenkeel trend tooltip');
    await page.keyboard.down('ArrowRight');
    await tooltip.waitFor();
    await page.keyboard.up('ArrowRight');
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'hidden' });
  });

  it('opens the menu of data links', async () => {
    await show(ENTITIES_WITH_LINKS);
    await page.locator('button[aria-haspopup=menu]').first().click();
    // On 12.3 Grafana gives these links no role of a menu's item.
    await page.getByRole('menu').getByText('Runbook').waitFor();
    await page.getByRole('menu').getByText('Dashboard').waitFor();
  });

  it('is suggested for the data that it can show', async () => {
    await show(ALL);
    const suggested = await page.evaluate<{ pluginId: string; options: object }[]>(`(async () => {
      const { toDataFrame, VisualizationSuggestionsBuilder } = System.get('shared:@grafana/data').default;
      const { plugin } = await System.import('/plugin/module.js');
      const total = { name: 'evenkeel:score:total', type: 'number', values: [90] };
      const frame = toDataFrame({ fields: [{ name: 'Time', type: 'time', values: [0] }, total] });
      const builder = new VisualizationSuggestionsBuilder({ series: [frame] });
      plugin.getSuggestionsSupplier().getSuggestionsForData(builder);
      return builder.getList().map(({ pluginId, options }) => ({ pluginId, options }));
    })()`);
    expect(suggested).toEqual([{ pluginId: 'evenkeel-operations-panel', options: { views: ['score'] } }]);
  });
});
