import type { Collector } from '../model/collector.ts';
import { counter, type Family, type Labels, type Sample } from '../model/family.ts';
import { readCount, splitFields } from '../model/fields.ts';
import { toRegExp } from '../model/pattern.ts';
import type { Procfs } from '../sources/procfs.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import { isStackedInterface, withoutStacked } from './stacked-devices.ts';

const FILE = '/proc/net/dev';
const HEADER_LINES = 2;
const LOOPBACK = 'lo';

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

/** Reads the text of /proc/net/dev. */
export function parseInterfaces(text: string): InterfaceStat[] {
  const interfaces: InterfaceStat[] = [];
  for (const line of text.split('\n').slice(HEADER_LINES)) {
    if (line === '') continue;
    // The name may itself have a colon (an alias), and some kernels put no blank after the last one.
    const colon = line.lastIndexOf(':');
    if (colon === -1) throw new Error(`${FILE} is malformed: "${line.slice(0, 40)}" names no interface`);
    interfaces.push(toInterfaceStat(line.slice(0, colon).trim(), splitFields(line.slice(colon + 1))));
  }
  return interfaces;
}

/** Each byte once: nothing that passes through another interface; of these the loopback is none, which no other one carries. */
export function physicalInterfaces<Interface>(
  all: readonly Interface[],
  nameOf: (one: Interface) => string,
): readonly Interface[] {
  const outside = all.filter((one) => nameOf(one) !== LOOPBACK);
  const shown = new Set(withoutStacked(outside, (one) => isStackedInterface(nameOf(one))));
  return all.filter((one) => nameOf(one) === LOOPBACK || shown.has(one));
}

function toInterfaceStat(name: string, fields: readonly string[]): InterfaceStat {
  const at = (index: number) => readCount(fields[index], `${FILE} (${name})`);
  return {
    name,
    received: { bytes: at(0), packets: at(1), errors: at(2), dropped: at(3) },
    transmitted: { bytes: at(8), packets: at(9), errors: at(10), dropped: at(11) },
  };
}

/** Which interfaces are shown: the physical ones, or all that a pattern of the config does not match. */
export function interfaceChoice(excludeInterfaces: string | undefined) {
  if (excludeInterfaces === undefined) return physicalInterfaces;
  const excluded = toRegExp(excludeInterfaces);
  return <Interface>(all: readonly Interface[], nameOf: (one: Interface) => string) =>
    all.filter((one) => !excluded.test(nameOf(one)));
}

export type InterfaceChoice = ReturnType<typeof interfaceChoice>;

export function networkCollector(procfs: Procfs, excludeInterfaces?: string): Collector {
  const choose = interfaceChoice(excludeInterfaces);
  const receive = new SeriesLabels((name) => networkLabels(name, 'receive'));
  const transmit = new SeriesLabels((name) => networkLabels(name, 'transmit'));
  return {
    name: 'network',
    collect() {
      const interfaces = choose(parseInterfaces(procfs.read('net/dev')), ({ name }) => name);
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
