import { Agent, request } from 'node:http';

/** As Prometheus asks. */
const PROMETHEUS_HEADERS = {
  accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  'accept-encoding': 'gzip',
  'x-prometheus-scrape-timeout-seconds': '2',
};

/** Asks one server over one connection that it keeps, as a Prometheus server does. */
export class Scraper {
  readonly #origin: string;
  readonly #headers: Record<string, string>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string, headers: Record<string, string> = PROMETHEUS_HEADERS) {
    this.#origin = new URL(url).origin;
    this.#headers = headers;
  }

  /** @returns the body as it was sent, compressed or not */
  async get(path = '/metrics'): Promise<Buffer> {
    const chunks: Buffer[] = [];
    await this.#receive(path, (chunk) => chunks.push(chunk));
    return Buffer.concat(chunks);
  }

  /** Milliseconds until the whole answer is there. */
  async time(path = '/metrics'): Promise<number> {
    const startMs = performance.now();
    await this.#receive(path, () => undefined);
    return performance.now() - startMs;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** @throws Error when the answer is not a 200 */
  #receive(path: string, take: (chunk: Buffer) => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const options = { agent: this.#agent, headers: this.#headers };
    const sent = request(this.#origin + path, options, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
      response.on('data', take).once('end', resolve).once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
    return promise;
  }
}
