import type { Collector } from '../model/collector.ts';
import { gauge } from '../model/family.ts';
import type { HostFacts, HostFactsSource } from '../sources/host-facts.ts';

/** What does not change, as labels of a constant 1. Until it is known there is nothing to say, which is no failure. */
export function hostFactsCollector(source: Pick<HostFactsSource, 'current'>): Collector {
  return {
    name: 'hostfacts',
    collect() {
      const facts = source.current();
      if (facts === undefined) return [];
      return [
        gauge('system_host_info', 'The host: its name, architecture and operating system.', [
          { labels: hostLabels(facts), value: 1 },
        ]),
        gauge('system_cpu_info', 'The processor of the host.', [{ labels: cpuLabels(facts), value: 1 }]),
      ];
    },
  };
}

function hostLabels(facts: HostFacts) {
  return {
    host_name: facts.hostName,
    host_arch: facts.architecture,
    os_name: facts.osName,
    os_version: facts.osVersion,
    os_kernel: facts.kernel,
  };
}

function cpuLabels(facts: HostFacts) {
  return {
    host_cpu_model_name: facts.cpuModel,
    host_cpu_vendor_id: facts.cpuVendor,
    host_cpu_physical_cores: String(facts.physicalCores),
  };
}
