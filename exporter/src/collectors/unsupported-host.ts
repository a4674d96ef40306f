import type { Collector } from '../model/collector.ts';

/** Stands for all host collectors on a system that they cannot read: one failure that says so, and no figures. */
export function unsupportedHostCollector(platform: NodeJS.Platform): Collector {
  return {
    name: 'host',
    collect() {
      throw new Error(`host metrics need Linux for now; this is ${platform}`);
    },
  };
}
