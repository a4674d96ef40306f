import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A way to a server that can be cut as a network is: nothing is refused, nothing arrives, nobody is told. */
export class StallableProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #stalled = false;

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      const upstream = connect(targetPort, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.#sockets.delete(socket));
        if (this.#stalled) socket.pause();
      }
      client.on('data', (chunk) => this.#pass(upstream, chunk));
      upstream.on('data', (chunk) => this.#pass(client, chunk));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
    });
  }

  static async to(targetPort: number): Promise<StallableProxy> {
    const proxy = new StallableProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #pass(to: Socket, chunk: Buffer): void {
    if (!this.#stalled) to.write(chunk);
  }

  cut(): void {
    this.#stalled = true;
  }

  /** Lets new connections through; those that were cut are gone. */
  mend(): void {
    this.#stalled = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
