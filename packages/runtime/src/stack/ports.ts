import { createServer } from 'node:net';
import { EvenkeelError, findPortOwner, type PortOwner } from '@evenkeel/toolkit';
import { findSystemOf } from './other-system.ts';

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
 * @throws EvenkeelError ALREADY_RUNNING when another npm start has one of them, else PORT_IN_USE; both name all ports that are
 * taken, the processes that have them, and the flags that move them
 * @param dispensable ports that are no reason to fail, and are named when others are
 */
export async function requireFreePorts(
  ports: Partial<Ports>,
  dispensable: Partial<Ports> = {},
): Promise<void> {
  const missing = await takenOf(ports);
  if (missing.length === 0) return;
  const taken = [...missing, ...(await takenOf(dispensable))];
  const owners = taken.flatMap(({ owner }) => owner?.pid ?? []);
  throw portsTaken(taken, await findSystemOf(owners));
}

async function takenOf(ports: Partial<Ports>): Promise<TakenPort[]> {
  const taken: TakenPort[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isTaken(port))) continue;
    taken.push({ port, flag: PORTS[name as PortName].flag, owner: await findPortOwner(port) });
  }
  return taken;
}

interface TakenPort {
  port: number;
  flag: string;
  owner: PortOwner | undefined;
}

/** @param system the process id of another npm start to which one of their owners belongs */
function portsTaken(taken: readonly TakenPort[], system: number | undefined): EvenkeelError {
  const flags = taken.map(({ flag }) => `--${flag}`).join(', ');
  if (system !== undefined) {
    const ports = taken.map(({ port }) => port).join(', ');
    return new EvenkeelError('ALREADY_RUNNING', `Evenkeel already runs here (pid ${system}), on ${ports}`, {
      hint: `end it with ctrl-C in its terminal or with kill ${system}; to run another one beside it, choose other ports with ${flags}`,
    });
  }
  const sentences = taken.map(({ port, owner }) => `port ${port} is in use by ${describeOwner(owner)}`);
  return new EvenkeelError('PORT_IN_USE', sentences.join(', '), {
    hint: `end what has ${taken.length === 1 ? 'it, or choose another port' : 'them, or choose other ports'} with ${flags}`,
  });
}

function describeOwner(owner: PortOwner | undefined): string {
  return owner === undefined ? 'another process' : `${owner.name} (pid ${owner.pid})`;
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
