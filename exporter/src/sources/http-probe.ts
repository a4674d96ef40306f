import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { type PhaseSeconds, PhaseStopwatch, type ProbePhase } from './phase-stopwatch.ts';

export interface ProbeTls {
  /** PEM texts. */
  ca?: string;
  cert?: string;
  key?: string;
  serverName?: string;
  /** False accepts any certificate. */
  verify?: boolean;
}

/** Restricts where a probe may go. */
export interface ProbeLimits {
  /** Throws when a URL, the first one or a redirect's, may not be asked. */
  check(url: URL): void;
  lookup: LookupFunction;
}

export interface ProbeRequest {
  url: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Off by default: the answer to the first request counts. */
  followsRedirects?: boolean;
  tls?: ProbeTls;
  limits?: ProbeLimits;
}

export interface ProbeAnswer {
  /** Undefined when no answer began. */
  status: number | undefined;
  /** Seconds of each phase; those after the one that failed are 0. They add up to the whole. */
  phaseSeconds: PhaseSeconds;
  /** The first 256 KiB. */
  body: string;
  redirects: number;
  /** When the first certificate of the chain to expire does, in seconds since the epoch; undefined without TLS. */
  certificateExpirySeconds: number | undefined;
  /** Why there is no whole answer, if so. */
  failure: string | undefined;
}

const MAX_BODY_BYTES = 256 * 1024;
const MAX_REDIRECTS = 10;
/** What must not go to another origin with a redirect. */
const CREDENTIALS = /^(?:authorization|cookie|proxy-authorization)$/i;

/**
 * Sends one request on a connection of its own and times its phases, named as blackbox_exporter names them.
 * It never rejects: a failure is part of the answer.
 */
export async function probeHttp(request: ProbeRequest, signal: AbortSignal): Promise<ProbeAnswer> {
  const probe = new Probe(request, signal);
  let failure: string | undefined;
  try {
    await probe.run();
  } catch (error) {
    failure = signal.aborted ? 'timed out' : error instanceof Error ? error.message : String(error);
  }
  return { ...probe.seen, phaseSeconds: probe.stopwatch.stop(), failure };
}

class Probe {
  readonly stopwatch: PhaseStopwatch;
  readonly seen: Omit<ProbeAnswer, 'phaseSeconds' | 'failure'> = {
    status: undefined,
    body: '',
    redirects: 0,
    certificateExpirySeconds: undefined,
  };
  readonly #request: ProbeRequest;
  readonly #signal: AbortSignal;

  constructor(request: ProbeRequest, signal: AbortSignal) {
    this.#request = request;
    this.#signal = signal;
    this.stopwatch = new PhaseStopwatch(firstPhase(new URL(request.url)));
  }

  async run(): Promise<void> {
    let url = new URL(this.#request.url);
    for (;;) {
      const next = await this.#once(url);
      if (next === undefined) return;
      if (this.seen.redirects === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects`);
      this.seen.redirects++;
      url = next;
      this.stopwatch.enter(firstPhase(url));
    }
  }

  /** @returns where the answer redirects to, when that is to be followed */
  async #once(url: URL): Promise<URL | undefined> {
    this.#request.limits?.check(url);
    const response = await this.#send(url);
    this.seen.status = response.statusCode;
    this.seen.certificateExpirySeconds = expiryOf(response.socket) ?? this.seen.certificateExpirySeconds;
    this.stopwatch.enter('transfer');
    this.seen.body = await readBody(response);
    const { location } = response.headers;
    const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0);
    return isRedirect && this.#request.followsRedirects === true && location !== undefined
      ? new URL(location, url)
      : undefined;
  }

  #send(url: URL): Promise<IncomingMessage> {
    const { method = 'GET', body, limits } = this.#request;
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const isTls = url.protocol === 'https:';
    const isFirst = this.seen.redirects === 0;
    const outgoing: ClientRequest = (isTls ? requestHttps : requestHttp)(url, {
      agent: false,
      signal: this.#signal,
      method: isFirst ? method : 'GET',
      headers: { 'user-agent': 'evenkeel-exporter', ...this.#headersFor(url) },
      ...(limits && { lookup: limits.lookup }),
      ...(isTls && tlsOptions(this.#request.tls)),
    });
    outgoing.on('socket', (socket) => watchSocket(socket, isTls, this.stopwatch));
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(isFirst ? body : undefined);
    return promise;
  }

  #headersFor(url: URL): Record<string, string> {
    const entries = Object.entries(this.#request.headers ?? {});
    if (url.origin === new URL(this.#request.url).origin) return Object.fromEntries(entries);
    return Object.fromEntries(entries.filter(([name]) => !CREDENTIALS.test(name)));
  }
}

function tlsOptions({ ca, cert, key, serverName, verify }: ProbeTls = {}) {
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
    ...(verify === false && { rejectUnauthorized: false }),
  };
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (bytes < MAX_BODY_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES);
}

function expiryOf(socket: Socket): number | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  let earliest: number | undefined;
  const seen = new Set<unknown>();
  let certificate: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  // A root certificate is its own issuer; a chain that was not sent whole just ends.
  while (certificate?.valid_to !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    const expiry = Date.parse(certificate.valid_to) / 1000;
    earliest = Math.min(earliest ?? expiry, expiry);
    certificate = certificate.issuerCertificate;
  }
  return earliest;
}

function watchSocket(socket: Socket, isTls: boolean, stopwatch: PhaseStopwatch): void {
  socket.once('lookup', () => stopwatch.enter('connect'));
  socket.once('connect', () => stopwatch.enter(isTls ? 'tls' : 'processing'));
  socket.once('secureConnect', () => stopwatch.enter('processing'));
}

/** An address that needs no look-up connects at once. */
function firstPhase(url: URL): ProbePhase {
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? 'resolve' : 'connect';
}
