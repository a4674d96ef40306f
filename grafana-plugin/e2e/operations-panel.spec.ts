import { expect, test } from '@grafana/plugin-e2e';
import dashboard from '../../provisioning/grafana/dashboards/evenkeel-operations.json';

test.skip(
  process.env.GRAFANA_URL === undefined,
  'needs a Grafana with the shipped dashboards: GRAFANA_URL=http://127.0.0.1:3000 npm run plugin:e2e'
);

const PANEL = 'Operations';
const VIEWS = ['Score', 'Alerts', 'Trends', 'Enhancements', 'Entities'];
const { uid, panels } = dashboard;
const panelId = `${panels.find(({ type }) => type === 'evenkeel-operations-panel')!.id}`;

test('the shipped dashboard shows the panel with every view', async ({ gotoDashboardPage }) => {
  const page = await gotoDashboardPage({ uid });
  const panel = page.getPanelByTitle(PANEL);
  await panel.scrollIntoView();
  for (const view of VIEWS) {
    await expect(panel.locator.getByRole('group', { name: view, exact: true })).toBeVisible();
  }
  await expect(panel.getErrorIcon()).not.toBeVisible();
});

test('drawing over a trend zooms the time range of the dashboard', async ({ gotoDashboardPage, page }) => {
  const shown = await gotoDashboardPage({ uid, timeRange: { from: 'now-1h', to: 'now' } });
  await shown.getPanelByTitle(PANEL).scrollIntoView();
  const plot = shown.getPanelByTitle(PANEL).locator.locator('.u-over').first();
  const { x, y, width, height } = (await plot.boundingBox())!;
  await page.mouse.move(x + width * 0.3, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL((url) => url.searchParams.get('from') !== 'now-1h');
});

test('an option changes what is shown', async ({ gotoPanelEditPage }) => {
  const editor = await gotoPanelEditPage({ dashboard: { uid }, id: panelId });
  const alerts = editor.panel.locator.getByRole('group', { name: 'Alerts', exact: true });
  await expect(alerts).toBeVisible();
  // Options without a category are in a group with the plugin's name.
  await editor.getCustomOptions(PANEL).getRadioGroup('Show as').check('Table');
  await expect(alerts.getByRole('table')).toBeVisible();
});
