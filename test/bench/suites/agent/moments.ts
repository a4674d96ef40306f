import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Notes when what happened first. */
export class Moments {
  readonly #ms = new Map<string, number>();

  note(what: string): void {
    if (!this.#ms.has(what)) this.#ms.set(what, performance.now());
  }

  has(what: string): boolean {
    return this.#ms.has(what);
  }

  of(what: string): number {
    const ms = this.#ms.get(what);
    if (ms === undefined) throw new Error(`${what} did not happen`);
    return ms;
  }
}

/** A server of which each request is a moment: what it is about is read from it as soon as all of it is there. */
export async function openWitness(
  moments: Moments,
  about: (request: IncomingMessage, body: string) => readonly string[],
  responds: (request: IncomingMessage) => boolean = () => true,
): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      for (const what of about(request, body)) moments.note(what);
      if (responds(request)) response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
