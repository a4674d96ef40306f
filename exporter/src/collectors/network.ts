import type { Collector } from '../model/collector.ts';
import { counter, type Family, type Labels, type Sample } from '../model/family.ts';
import { readCount, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';
import { SeriesLabels } from '../model/series-labels.ts';

const FILE = '/proc/net/dev';
const HEADER_LINES = 2;

/** The host's ends of containers' interfaces: they come and go, and what they carry is counted on the bridge. */
export const DEFAULT_EXCLUDED_INTERFACES = '^veth';

interface Traffic {
  bytes: number;
  packets: number;
  errors: number;
  dropped: number;
}

export interface InterfaceStat {
  name: string;
  received: Traffic;
  transmitted: Traffic;
}

/** Reads the text of /proc/net/dev, without the interfaces that `excluded` matches. */
export function parseInterfaces(text: string, excluded: RegExp): InterfaceStat[] {
  const interfaces: InterfaceStat[] = [];
  for (const line of text.split('\n').slice(HEADER_LINES)) {
    if (line === '') continue;
    // The name may itself have a colon (an alias), and some kernels put no blank after the last one.
    const colon = line.lastIndexOf(':');
    if (colon === -1) throw new Error(`${FILE} is malformed: "${line.slice(0, 40)}" names no interface`);
    const name = line.slice(0, colon).trim();
    if (!excluded.test(name)) interfaces.push(toInterfaceStat(name, splitFields(line.slice(colon + 1))));
  }
  return interfaces;
}

function toInterfaceStat(name: string, fields: readonly string[]): InterfaceStat {
  const at = (index: number) => readCount(fields[index], `${FILE} (${name})`);
  return {
    name,
    received: { bytes: at(0), packets: at(1), errors: at(2), dropped: at(3) },
    transmitted: { bytes: at(8), packets: at(9), errors: at(10), dropped: at(11) },
  };
}

export function networkCollector(procfs: Procfs, excludeInterfaces = DEFAULT_EXCLUDED_INTERFACES): Collector {
  const excluded = new RegExp(excludeInterfaces);
  const receive = new SeriesLabels((name) => networkLabels(name, 'receive'));
  const transmit = new SeriesLabels((name) => networkLabels(name, 'transmit'));
  return {
    name: 'network',
    collect() {
      const interfaces = parseInterfaces(procfs.read('net/dev'), excluded);
      const samples = (figure: keyof Traffic) =>
        interfaces.flatMap(({ name, received, transmitted }) => [
          { labels: receive.of(name), value: received[figure] },
          { labels: transmit.of(name), value: transmitted[figure] },
        ]);
      return [
        networkBytes(samples('bytes')),
        counter('system_network_packet_count_total', 'Packets received and transmitted.', samples('packets')),
        networkErrors(samples('errors')),
        networkDropped(samples('dropped')),
      ];
    },
  };
}

export function networkLabels(name: string, direction: 'receive' | 'transmit'): Labels {
  return { network_interface_name: name, network_io_direction: direction };
}

export function networkBytes(samples: readonly Sample[]): Family {
  return counter('system_network_io_bytes_total', 'Bytes received and transmitted.', samples);
}

export function networkErrors(samples: readonly Sample[]): Family {
  return counter('system_network_errors_total', 'Packets with errors.', samples);
}

export function networkDropped(samples: readonly Sample[]): Family {
  return counter('system_network_packet_dropped_total', 'Packets that were dropped.', samples);
}
