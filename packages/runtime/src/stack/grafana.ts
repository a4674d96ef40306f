import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deployment, grafanaDashboardProvider, grafanaDatasources } from '@evenkeel/provisioning';
import { stringify } from 'yaml';
import type { GrafanaProgram } from '../parts/grafana.ts';
import type { ProcessPlan } from '../processes/process-part.ts';
import { CHECKOUT } from './deployment.ts';
import type { RunDirectory } from './run-directory.ts';

export interface GrafanaOptions {
  program: GrafanaProgram;
  port: number;
  run: RunDirectory;
  deployment: Deployment;
  /** Where the built plugin is, if it was built. */
  plugin?: string;
}

const PLUGIN = 'evenkeel-operations-panel';
const DASHBOARDS = join(CHECKOUT, 'provisioning', 'grafana', 'dashboards');
const BUILT_PLUGIN = join(CHECKOUT, 'grafana-plugin', 'dist');

/** Writes what Grafana reads at its start, and says how to start it: on loopback, readable by all, with nothing sent home. */
export async function grafanaPlan(options: GrafanaOptions): Promise<Omit<ProcessPlan, 'name' | 'logFile'>> {
  const { program, port, run, deployment, plugin = BUILT_PLUGIN } = options;
  await writeProvisioning(run, deployment);
  const plugins = run.file(join('data', 'grafana-plugins'));
  await mkdir(plugins, { recursive: true });
  if (await isBuilt(plugin)) await cp(plugin, join(plugins, PLUGIN), { recursive: true });
  const password = await run.writeSecret('grafana-admin-password');
  return {
    command: program.path,
    args: program.args,
    env: { ...QUIET, ...settings({ run, port, plugins, password }) },
    readyUrl: `http://127.0.0.1:${port}/api/health`,
  };
}

/** Nothing is fetched or reported: no plugins, no news, no updates, no avatars. */
const QUIET: Readonly<Record<string, string>> = {
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_SECURITY_DISABLE_GRAVATAR: 'true',
  GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
};

interface Places {
  run: RunDirectory;
  port: number;
  plugins: string;
  /** File with the password of Grafana's own administrator. */
  password: string;
}

function settings({ run, port, plugins, password }: Places): Record<string, string> {
  return {
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: join(DASHBOARDS, 'evenkeel-operations.json'),
    GF_LOG_MODE: 'console',
    GF_PATHS_DATA: run.file(join('data', 'grafana')),
    GF_PATHS_LOGS: run.file('logs'),
    GF_PATHS_PLUGINS: plugins,
    GF_PATHS_PROVISIONING: run.file(join('config', 'grafana')),
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN,
    GF_SECURITY_ADMIN_PASSWORD: `$__file{${password}}`,
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(port),
  };
}

async function writeProvisioning(run: RunDirectory, deployment: Deployment): Promise<void> {
  await run.write(
    join('config', 'grafana', 'datasources', 'prometheus.yml'),
    stringify(grafanaDatasources(deployment)),
  );
  await run.write(
    join('config', 'grafana', 'dashboards', 'evenkeel.yml'),
    stringify(grafanaDashboardProvider(DASHBOARDS)),
  );
}

async function isBuilt(plugin: string): Promise<boolean> {
  const files = await readdir(plugin).catch((): string[] => []);
  return files.includes('plugin.json');
}
