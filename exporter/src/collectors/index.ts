import type { Collector } from '../model/collector.ts';
import type { CollectorName } from '../model/collector-names.ts';
import type { AccessLogs } from '../sources/access-log/access-logs.ts';
import type { HostFactsSource } from '../sources/host-facts.ts';
import type { InventoryReader } from '../sources/inventory-reader.ts';
import type { PortableHost } from '../sources/portable-host.ts';
import { Procfs } from '../sources/procfs.ts';
import { accessLogCollector } from './access-log.ts';
import { containerCollector } from './container.ts';
import { cpuCollector } from './cpu.ts';
import { diskCollector } from './disk.ts';
import { filesystemCollector, mountFilter } from './filesystem.ts';
import { hostFactsCollector } from './host-facts.ts';
import { databaseCollector, inventoryCollector } from './inventory.ts';
import { loadCollector } from './load.ts';
import { memoryCollector } from './memory.ts';
import { interfaceChoice, networkCollector } from './network.ts';
import { portableCollectors } from './portable.ts';
import { pressureCollector } from './pressure.ts';
import { probeCollector, type ProbeTarget } from './probe.ts';
import { processesCollector } from './processes.ts';
import { uptimeCollector } from './uptime.ts';

export interface HostOptions {
  procfs: string;
  rootfs: string;
  /** Where cgroup v2 is mounted; undefined for where the mount table says. */
  cgroupRoot?: string;
  perCoreCpu: boolean;
  excludeFilesystemTypes?: readonly string[];
  excludeMountpoints?: string;
  excludeDevices?: string;
  excludeInterfaces?: string;
}

export interface CollectorSources {
  platform: NodeJS.Platform;
  host: HostOptions;
  portable: PortableHost;
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
  const host = sources.platform === 'linux' ? linuxCollectors(sources.host) : otherCollectors(sources);
  const facts = isOn('hostfacts') ? [hostFactsCollector(sources.hostFacts)] : [];
  return [
    ...waiting.filter(({ name }) => isOn(name as CollectorName)),
    ...host.filter(({ name }) => isOn(name as CollectorName)),
    ...facts,
  ];
}

function customSqlCollector({ inventory, customSql }: CollectorSources): Collector {
  const upSaidElsewhere = new Set(inventory.map(({ database }) => database));
  return databaseCollector({ name: 'sql', readers: customSql, upSaidElsewhere });
}

function otherCollectors({ platform, host, portable }: CollectorSources): Collector[] {
  return portableCollectors({
    platform,
    host: portable,
    perCoreCpu: host.perCoreCpu,
    filesystems: mountFilter(filesystemOptions(host)),
    interfaces: interfaceChoice(host.excludeInterfaces),
  });
}

function linuxCollectors(host: HostOptions): Collector[] {
  const procfs = new Procfs(host.procfs);
  return [
    cpuCollector(procfs, { perCore: host.perCoreCpu }),
    memoryCollector(procfs),
    loadCollector(procfs),
    filesystemCollector({ procfs, rootfs: host.rootfs, ...filesystemOptions(host) }),
    diskCollector(procfs, host.excludeDevices),
    networkCollector(procfs, host.excludeInterfaces),
    uptimeCollector(procfs),
    processesCollector(procfs),
    pressureCollector(procfs),
    ...(isOfThisContainer(host)
      ? [
          containerCollector({
            procfs,
            ...(host.cgroupRoot !== undefined && { cgroupRoot: host.cgroupRoot }),
          }),
        ]
      : []),
  ];
}

function filesystemOptions({ excludeFilesystemTypes, excludeMountpoints }: HostOptions) {
  return {
    ...(excludeFilesystemTypes && { excludeTypes: excludeFilesystemTypes }),
    ...(excludeMountpoints !== undefined && { excludeMountpoints }),
  };
}

/** One that looks out of its container at the host is not to measure the host by the container's own limits. */
function isOfThisContainer({ procfs, rootfs, cgroupRoot }: HostOptions): boolean {
  return cgroupRoot !== undefined || (procfs === '/proc' && rootfs === '/');
}
