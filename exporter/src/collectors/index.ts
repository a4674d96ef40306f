import type { Collector } from '../model/collector.ts';
import type { CollectorName } from '../model/collector-names.ts';
import type { AccessLogs } from '../sources/access-log/access-logs.ts';
import type { HostFactsSource } from '../sources/host-facts.ts';
import type { InventoryReader } from '../sources/inventory-reader.ts';
import { Procfs } from '../sources/procfs.ts';
import { accessLogCollector } from './access-log.ts';
import { cpuCollector } from './cpu.ts';
import { diskCollector } from './disk.ts';
import { filesystemCollector } from './filesystem.ts';
import { hostFactsCollector } from './host-facts.ts';
import { databaseCollector, inventoryCollector } from './inventory.ts';
import { loadCollector } from './load.ts';
import { memoryCollector } from './memory.ts';
import { networkCollector } from './network.ts';
import { pressureCollector } from './pressure.ts';
import { probeCollector, type ProbeTarget } from './probe.ts';
import { processesCollector } from './processes.ts';
import { unsupportedHostCollector } from './unsupported-host.ts';
import { uptimeCollector } from './uptime.ts';

export interface HostOptions {
  procfs: string;
  rootfs: string;
  excludeFilesystemTypes?: readonly string[];
  excludeMountpoints?: string;
  excludeDevices?: string;
  excludeInterfaces?: string;
}

export interface CollectorSources {
  platform: NodeJS.Platform;
  host: HostOptions;
  hostFacts: HostFactsSource;
  inventory: readonly InventoryReader[];
  customSql: readonly InventoryReader[];
  probes: readonly ProbeTarget[];
  /** Undefined where the config has none. */
  accessLogs: AccessLogs | undefined;
}

/** The collectors that are switched on and have something to collect. Those that wait for others come first. */
export function createCollectors(
  sources: CollectorSources,
  isOn: (name: CollectorName) => boolean,
): Collector[] {
  const waiting = [
    ...(sources.inventory.length > 0 ? [inventoryCollector(sources.inventory)] : []),
    ...(sources.customSql.length > 0 ? [customSqlCollector(sources)] : []),
    ...(sources.probes.length > 0 ? [probeCollector(sources.probes)] : []),
    ...(sources.accessLogs === undefined ? [] : [accessLogCollector(sources.accessLogs)]),
  ];
  const host = hostCollectors(sources.host).filter(({ name }) => isOn(name as CollectorName));
  const facts = isOn('hostfacts') ? [hostFactsCollector(sources.hostFacts)] : [];
  return [
    ...waiting.filter(({ name }) => isOn(name as CollectorName)),
    ...(sources.platform === 'linux' || host.length === 0
      ? host
      : [unsupportedHostCollector(sources.platform)]),
    ...facts,
  ];
}

function customSqlCollector({ inventory, customSql }: CollectorSources): Collector {
  const upSaidElsewhere = new Set(inventory.map(({ database }) => database));
  return databaseCollector({ name: 'sql', readers: customSql, upSaidElsewhere });
}

function hostCollectors(host: HostOptions): Collector[] {
  const procfs = new Procfs(host.procfs);
  return [
    cpuCollector(procfs),
    memoryCollector(procfs),
    loadCollector(procfs),
    filesystemCollector({
      procfs,
      rootfs: host.rootfs,
      ...(host.excludeFilesystemTypes && { excludeTypes: host.excludeFilesystemTypes }),
      ...(host.excludeMountpoints !== undefined && { excludeMountpoints: host.excludeMountpoints }),
    }),
    diskCollector(procfs, host.excludeDevices),
    networkCollector(procfs, host.excludeInterfaces),
    uptimeCollector(procfs),
    processesCollector(procfs),
    pressureCollector(procfs),
  ];
}
