import { dirname } from 'node:path';
import { type PluginOptions } from '@grafana/plugin-e2e';
import { defineConfig, devices } from '@playwright/test';

const { GRAFANA_URL, GRAFANA_USER: user = 'admin', GRAFANA_PASSWORD: password = 'admin', CHROMIUM } = process.env;

if (GRAFANA_URL === undefined && process.env.TEST_WORKER_INDEX === undefined) {
  console.error(
    'GRAFANA_URL is not set, so nothing is tried: it is the address of a Grafana with the panel and dashboards.'
  );
}

/** Signs in once; without a Grafana there is nothing to sign in to, and the specs say that they are skipped. */
const auth =
  GRAFANA_URL === undefined
    ? []
    : [
        {
          name: 'auth',
          testDir: `${dirname(require.resolve('@grafana/plugin-e2e'))}/auth`,
          testMatch: [/.*\.js/],
        },
      ];

/** `GRAFANA_URL=http://127.0.0.1:3000 npm run plugin:e2e`: the built panel in a real Grafana. docs/panel.md */
export default defineConfig<PluginOptions>({
  testDir: './e2e',
  forbidOnly: true,
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    ...(GRAFANA_URL === undefined ? {} : { baseURL: GRAFANA_URL }),
    ...(CHROMIUM === undefined ? {} : { launchOptions: { executablePath: CHROMIUM } }),
    user: { user, password },
    grafanaAPICredentials: { user, password },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    ...auth,
    {
      name: 'panel',
      use: GRAFANA_URL === undefined ? {} : { storageState: `playwright/.auth/${user}.json` },
      dependencies: auth.map(({ name }) => name),
    },
  ],
});
