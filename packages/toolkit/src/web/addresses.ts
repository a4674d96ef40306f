import { EvenkeelError } from '../errors.ts';

export interface ListenAddress {
  host: string;
  port: number;
}

const SHAPE = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/;

/**
 * Reads `127.0.0.1:9850`, `[::1]:9850` or `:9850`. Without a host it is loopback: to listen on all interfaces one has
 * to write 0.0.0.0.
 *
 * @throws EvenkeelError LISTEN_ADDRESS_INVALID
 */
export function parseListenAddress(text: string): ListenAddress {
  const match = SHAPE.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new EvenkeelError('LISTEN_ADDRESS_INVALID', `"${text}" is not a listen address`, {
      hint: 'write host:port, for example 127.0.0.1:9850',
    });
  }
  return { host: match[1] ?? (match[2] === '' ? '127.0.0.1' : match[2]!), port };
}

export function formatAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
