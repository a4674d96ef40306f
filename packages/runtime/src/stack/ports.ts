import { createServer } from 'node:net';
import { EvenkeelError, portInUse } from '@evenkeel/toolkit';

/** Everything that listens, with the port it has when nobody says otherwise and the flag that moves it. */
export const PORTS = {
  postgres: { standard: 5433, flag: 'postgres-port' },
  carrier: { standard: 8006, flag: 'carrier-port' },
  warehouse: { standard: 8005, flag: 'warehouse-port' },
  exporter: { standard: 9850, flag: 'exporter-port' },
  prometheus: { standard: 9090, flag: 'prometheus-port' },
  alertmanager: { standard: 9093, flag: 'alertmanager-port' },
  agent: { standard: 9851, flag: 'agent-port' },
  grafana: { standard: 3000, flag: 'grafana-port' },
  preview: { standard: 3001, flag: 'preview-port' },
} as const;

export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;

/**
 * Reads the ports from flag values, which are texts.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID for what is no port, or for one port given to two parts
 */
export function readPorts(flags: Readonly<Record<string, unknown>>): Ports {
  const entries = Object.entries(PORTS).map(
    ([name, { flag }]) => [name, readPort(flag, String(flags[flag]))] as const,
  );
  const taken = new Map<number, string>();
  for (const [name, port] of entries) {
    const other = taken.get(port);
    if (other !== undefined) {
      throw new EvenkeelError('COMMAND_LINE_INVALID', `${other} and ${name} have the same port ${port}`, {
        hint: `give one of them another with --${PORTS[name as PortName].flag}`,
      });
    }
    taken.set(port, name);
  }
  return Object.fromEntries(entries) as Ports;
}

/**
 * Makes sure that nothing listens on any of the ports yet.
 *
 * @throws EvenkeelError PORT_IN_USE with the port, the process if it is known, and the flag that moves it
 */
export async function requireFreePorts(ports: Partial<Ports>): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (await isTaken(port)) {
      throw await portInUse({ host: '127.0.0.1', port }, `--${PORTS[name as PortName].flag}`);
    }
  }
}

function readPort(flag: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `--${flag} is "${text}"`, {
    hint: 'expected a port, 1 to 65535',
  });
}

/** A bind is the only test that also sees sockets of other users. */
async function isTaken(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(true));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  return promise;
}
