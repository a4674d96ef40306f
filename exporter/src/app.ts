import {
  type Clock,
  createWebServer,
  type ListenAddress,
  type Logger,
  parseListenAddress,
  processMetrics,
  systemClock,
  TokenBook,
  type WebAccess,
  type WebServer,
} from '@evenkeel/toolkit';
import { Registry } from 'prom-client';
import { createCollectors } from './collectors/index.ts';
import type { ProbeTarget } from './collectors/probe.ts';
import { accessLogSettings } from './config/access-logs.ts';
import { probeSettings } from './config/probes.ts';
import type { ExporterConfig } from './config/schema.ts';
import type { DeadlineOptions } from './exposition/deadline.ts';
import { createExposition } from './exposition/exposition.ts';
import { type MetricsEndpoint, metricsHandler } from './exposition/handler.ts';
import { type ProbeEndpoint, probeHandler } from './exposition/probe-handler.ts';
import { registryFamilies } from './exposition/registry-families.ts';
import type { Collector } from './model/collector.ts';
import type { CollectorName } from './model/collector-names.ts';
import { type Family, gauge } from './model/family.ts';
import { databaseSettings } from './config/databases.ts';
import type { AccessLogSettings } from './sources/access-log/access-log.ts';
import { AccessLogs } from './sources/access-log/access-logs.ts';
import { type FactsLoader, HostFactsSource } from './sources/host-facts.ts';
import { type OpenDatabases, openDatabases } from './sources/inventory-open.ts';
import type { Polled } from './sources/polled.ts';
import { type PortableHost, portableHost } from './sources/portable-host.ts';
import { ProbeGuard } from './sources/probe-guard.ts';
import { readVersion } from './version.ts';

export interface AppOptions {
  config: ExporterConfig;
  /** Reads the config anew for a reload. */
  readConfig: () => ExporterConfig;
  /** Takes the place of `web.listen`. */
  listen?: readonly ListenAddress[];
  /** TLS, passwords and headers; without it everybody who reaches the server may come, over plain HTTP. */
  access?: WebAccess | undefined;
  /** Switched off whatever the config says. */
  disabled?: ReadonlySet<CollectorName>;
  logger: Logger;
  clock?: Clock;
  platform?: NodeJS.Platform;
  loadFacts?: FactsLoader;
}

export interface App {
  /** @returns the addresses that are listened on */
  start(): Promise<ListenAddress[]>;
  stop(): Promise<void>;
  /** Takes over the config file as it is now, listen addresses and reload token excepted. On an error the old one stays. */
  reload(): Promise<void>;
}

/** What a reload replaces. */
interface Live {
  endpoint: MetricsEndpoint;
  probes: ProbeEndpoint;
  databases: OpenDatabases;
  portable: PortableHost;
}

/** The exporter as an object: it can be started on port 0, reloaded and stopped in a test. */
export function createApp(options: AppOptions): App {
  const { config, logger, readConfig, loadFacts } = options;
  const hostFacts = new HostFactsSource(loadFacts);
  const registry = new Registry();
  const accessLogs = new AccessLogs({
    ...options,
    clock: options.clock ?? systemClock,
    statePath: config.state.path,
  });
  const kept = { hostFacts, registry, accessLogs };
  let live: Live | undefined;
  let server: WebServer | undefined;

  async function reload(): Promise<void> {
    const old = live;
    const next = readConfig();
    live = buildLive(next, { ...options, ...kept });
    await accessLogs.configure(followed(next, options));
    await closeAll(old);
  }

  return {
    reload,
    async start() {
      live = buildLive(config, { ...options, ...kept });
      processMetrics(registry);
      if (isOn('hostfacts', config, options)) void hostFacts.load(logger);
      await accessLogs.start(followed(config, options));
      server = createServer({ ...options, reload, live: () => live! });
      return server.listen(options.listen ?? config.web.listen.map(parseListenAddress));
    },
    async stop() {
      await server?.close();
      await accessLogs.stop();
      await closeAll(live);
    },
  };
}

interface ServerParts extends Pick<AppOptions, 'config' | 'logger' | 'access'> {
  reload: () => Promise<void>;
  live: () => Live;
}

function createServer({ config, logger, access, reload, live }: ServerParts): WebServer {
  const token = config.web.reload_token;
  return createWebServer({
    name: 'evenkeel-exporter',
    version: readVersion(),
    description: 'Host, inventory and API metrics for Prometheus.',
    logger,
    access,
    metrics: metricsHandler(() => live().endpoint),
    mount: (app) =>
      app.get(
        '/probe',
        probeHandler(() => live().probes),
      ),
    ...(token !== undefined && {
      reload: { run: reload, tokens: new TokenBook([{ name: 'reload', role: 'admin', token }]) },
    }),
  });
}

interface LiveParts extends AppOptions {
  hostFacts: HostFactsSource;
  registry: Registry;
  accessLogs: AccessLogs;
}

function buildLive(config: ExporterConfig, parts: LiveParts): Live {
  const { clock = systemClock, logger, hostFacts, registry, accessLogs, platform = process.platform } = parts;
  const databases = openDatabases(databaseSettings(config, parts.readConfig), logger);
  const portable = portableHost({ intervalMs: config.host.poll_interval, clock });
  const sources = {
    platform,
    portable,
    host: hostOptions(config),
    hostFacts,
    inventory: databases.inventory,
    customSql: databases.customSql,
    probes: probeTargets(config),
    accessLogs: config.access_logs.length > 0 ? accessLogs : undefined,
  };
  const collectors = createCollectors(sources, (name) => isOn(name, config, parts));
  if (platform !== 'linux') startPolls(portable, collectors);
  const exposition = createExposition({
    collectors,
    constants: [buildInfo()],
    processMetrics: () => registryFamilies(registry),
    maxSeriesPerFamily: config.scrape.max_series_per_family,
    clock,
    logger,
  });
  const { timeout: timeoutMs, timeout_offset: timeoutOffsetMs } = config.scrape;
  const deadline = { timeoutMs, timeoutOffsetMs };
  return { endpoint: { exposition, deadline }, probes: probeEndpoint(config, deadline), databases, portable };
}

function startPolls(portable: PortableHost, collectors: readonly Collector[]): void {
  for (const [name, polled] of Object.entries(portable) as [string, Polled<unknown>][])
    if (collectors.some((collector) => collector.name === name)) polled.start();
}

/** What a reload keeps are the counts; which logs are followed may change. */
function followed(config: ExporterConfig, parts: Pick<AppOptions, 'disabled'>): AccessLogSettings[] {
  return isOn('accesslog', config, parts) ? accessLogSettings(config.access_logs) : [];
}

function hostOptions({ host }: ExporterConfig) {
  const { exclude_types: types, exclude_mountpoints: mountpoints } = host.filesystem;
  const { exclude_devices: devices } = host.disk;
  const { exclude_interfaces: interfaces } = host.network;
  return {
    procfs: host.procfs,
    rootfs: host.rootfs,
    perCoreCpu: host.cpu.per_core,
    ...(host.cgroup.root !== undefined && { cgroupRoot: host.cgroup.root }),
    ...(types && { excludeFilesystemTypes: types }),
    ...(mountpoints !== undefined && { excludeMountpoints: mountpoints }),
    ...(devices !== undefined && { excludeDevices: devices }),
    ...(interfaces !== undefined && { excludeInterfaces: interfaces }),
  };
}

function probeTargets({ probes }: ExporterConfig): ProbeTarget[] {
  return probes.map(({ name, url, ...ask }) => {
    const { request, ...others } = probeSettings(ask);
    return { name, request: { ...request, url }, ...others };
  });
}

function probeEndpoint({ probe }: ExporterConfig, deadline: DeadlineOptions): ProbeEndpoint {
  const modules = Object.entries(probe.modules).map(([name, ask]) => [name, probeSettings(ask)] as const);
  return { modules: new Map(modules), guard: new ProbeGuard(probe.allow), deadline };
}

function isOn(
  name: CollectorName,
  config: ExporterConfig,
  { disabled }: Pick<AppOptions, 'disabled'>,
): boolean {
  return config.collectors[name] !== false && disabled?.has(name) !== true;
}

function buildInfo(): Family {
  const labels = { version: readVersion(), node_version: process.versions.node };
  return gauge('evenkeel_exporter_build_info', 'Version of the exporter and of Node.', [
    { labels, value: 1 },
  ]);
}

async function closeAll(live: Live | undefined): Promise<void> {
  const { databases = [], inventory = [], customSql = [] } = live?.databases ?? {};
  for (const polled of Object.values(live?.portable ?? {}) as Polled<unknown>[]) polled.stop();
  await Promise.all([...inventory, ...customSql].map((reader) => reader.close()));
  await Promise.all(databases.map((database) => database.close()));
}
