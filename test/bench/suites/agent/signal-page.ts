import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fleet {
  signals: number;
  services: number;
}

/** What Prometheus scrapes: every signal of every service as if it were recorded, with its baseline, and the services' own `up`. */
export interface SignalPage {
  /** Where it is, as host:port. */
  address: string;
  /** How many of the services are sick from the next scrape on: each of their signals is far beyond what is normal. */
  sicken: (services: number) => void;
  close: () => void;
}

const HEALTHY = 0.2;
const SICK = 3;

export const signalName = (index: number) => `signal_${String(index).padStart(2, '0')}`;
export const serviceName = (index: number) => `service-${String(index).padStart(3, '0')}`;

export async function openSignalPage(fleet: Fleet): Promise<SignalPage> {
  let sick = 0;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(render(fleet, sick));
  });
  return {
    address: await listen(server),
    sicken: (services) => (sick = services),
    close: () => server.close(),
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function render({ signals, services }: Fleet, sick: number): string {
  const lines: string[] = [];
  for (let service = 0; service < services; service++) {
    const job = serviceName(service);
    const instance = `10.0.${service >> 8}.${service & 255}:8080`;
    lines.push(`up{job="${job}",instance="${instance}"} 1`, `orders_queued{job="${job}"} ${level(false)}`);
    for (let signal = 0; signal < signals; signal++) {
      const labels = `{signal="${signalName(signal)}",domain="api",job="${job}",instance="${instance}"}`;
      lines.push(
        `evenkeel:signal:value${labels} ${level(service < sick)}`,
        `evenkeel:baseline:zscore${labels} ${level(service < sick)}`,
        `evenkeel:baseline:ready${labels} 1`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Another number at every scrape. */
function level(isSick: boolean): number {
  return (isSick ? SICK : HEALTHY) + Math.random() / 2;
}
