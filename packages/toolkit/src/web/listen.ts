import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EvenkeelError, messageOf } from '../errors.ts';
import { createTlsServer } from './access/tls-server.ts';
import type { WebAccess } from './access/web-access.ts';
import { formatAddress, type ListenAddress } from './addresses.ts';
import { findPortOwner } from './port-owner.ts';

export interface Listener {
  server: Server;
  bound: ListenAddress;
}

export interface ListenOptions {
  /** The command-line flag that moves the port, for the error's hint. */
  moveFlag?: string | undefined;
  access?: WebAccess | undefined;
}

/**
 * Listens on one address; port 0 takes a free one.
 *
 * @throws EvenkeelError PORT_IN_USE naming the process if it can be known, or LISTEN_FAILED
 */
export async function listen(
  handler: RequestListener,
  address: ListenAddress,
  { moveFlag = '--web.listen-address', access }: ListenOptions = {},
): Promise<Listener> {
  const server = access?.isTls === true ? createTlsServer(handler, access) : createServer(handler);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(address.port, address.host, resolve);
  try {
    await promise;
  } catch (error) {
    throw await explainListenError(error, address, moveFlag);
  }
  server.off('error', reject);
  return { server, bound: { host: address.host, port: (server.address() as AddressInfo).port } };
}

/** Stops accepting, lets open requests finish for `graceMs`, then cuts them. */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await promise;
  clearTimeout(timer);
}

/** The error that says who has the port and how to move ours. */
export async function portInUse(
  address: ListenAddress,
  moveFlag: string,
  cause?: unknown,
): Promise<EvenkeelError> {
  const owner = await findPortOwner(address.port);
  const by = owner === undefined ? 'another process' : `${owner.name} (pid ${owner.pid})`;
  return new EvenkeelError('PORT_IN_USE', `port ${address.port} is in use by ${by}`, {
    cause,
    hint: `end that process, or choose another port with ${moveFlag}`,
  });
}

async function explainListenError(
  error: unknown,
  address: ListenAddress,
  moveFlag: string,
): Promise<EvenkeelError> {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return portInUse(address, moveFlag, error);
  return new EvenkeelError(
    'LISTEN_FAILED',
    `cannot listen on ${formatAddress(address)}: ${messageOf(error)}`,
    {
      cause: error,
    },
  );
}
