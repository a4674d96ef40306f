import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { TlsSettings } from './tls-settings.ts';
import type { WebAccess } from './web-access.ts';

/** Shorter than what a stop waits for open requests. */
const HANDSHAKE_TIMEOUT_MS = 4_000;

/** Node reads these two at each connection, but has no method that sets them. */
type MutableServer = Server & { requestCert: boolean; rejectUnauthorized: boolean };

/** An HTTPS server that takes the settings in force at each new connection; open ones keep theirs. */
export function createTlsServer(handler: RequestListener, access: WebAccess): Server {
  let settings = access.settings().tls!;
  const server = createServer(
    { ...settings.context, ...clientAuthOf(settings), handshakeTimeout: HANDSHAKE_TIMEOUT_MS },
    handler,
  ) as MutableServer;
  // Before the listener of Node's own that begins the handshake.
  server.prependListener('connection', () => {
    const current = access.settings().tls ?? settings;
    if (current === settings) return;
    settings = current;
    server.setSecureContext(settings.context);
    Object.assign(server, clientAuthOf(settings));
  });
  // Before the one that reads the first request.
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    if (!settings.admits(socket)) socket.destroy();
  });
  return server;
}

function clientAuthOf({ requestCert, rejectUnauthorized }: TlsSettings) {
  return { requestCert, rejectUnauthorized };
}
