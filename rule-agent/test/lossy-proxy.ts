import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What of an exchange gets lost: the request on its way there, or the answer on its way back. */
export type Loss = 'request' | 'answer';

/** A way to a server on which one exchange can be lost, its connection with it. */
export class LossyProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #next: { text: string; loss: Loss } | undefined;

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      const upstream = connect(targetPort, '127.0.0.1');
      let isAnswerLost = false;
      const end = () => {
        client.destroy();
        upstream.destroy();
      };
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          end();
        });
      }
      client.on('data', (chunk) => {
        const loss = this.#lossOf(chunk);
        isAnswerLost = loss === 'answer';
        if (loss === 'request') end();
        else upstream.write(chunk);
      });
      // Once it answers it has done what it was asked for.
      upstream.on('data', (chunk) => (isAnswerLost ? end() : client.write(chunk)));
    });
  }

  static async to(targetPort: number): Promise<LossyProxy> {
    const proxy = new LossyProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Of the next exchange whose request has this text, one half gets lost. */
  lose(text: string, loss: Loss): void {
    this.#next = { text, loss };
  }

  #lossOf(chunk: Buffer): Loss | undefined {
    const next = this.#next;
    if (next === undefined || !chunk.includes(next.text)) return undefined;
    this.#next = undefined;
    return next.loss;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
