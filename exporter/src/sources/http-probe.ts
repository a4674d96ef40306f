import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { CookieJar } from 'tough-cookie';
import { type PhaseSeconds, PhaseStopwatch, type ProbePhase } from './phase-stopwatch.ts';
import { readProbeBody } from './probe-body.ts';
import { type ProbeHop, redirectedHop } from './probe-hop.ts';

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
  /** The first 256 KiB, decompressed. */
  body: string;
  redirects: number;
  /** When the first certificate to expire does, of all chains on the way, in seconds since the epoch; undefined without TLS. */
  certificateExpirySeconds: number | undefined;
  /** Why there is no whole answer, if so. */
  failure: string | undefined;
}

const MAX_REDIRECTS = 10;

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
  readonly #first: ProbeHop;
  readonly #cookies = new CookieJar();
  readonly #signal: AbortSignal;

  constructor(request: ProbeRequest, signal: AbortSignal) {
    const { url, method = 'GET', headers = {}, body } = request;
    this.#request = request;
    this.#first = { url: new URL(url), method, headers, body };
    this.#signal = signal;
    this.stopwatch = new PhaseStopwatch(firstPhase(this.#first.url));
  }

  async run(): Promise<void> {
    let hop = this.#first;
    for (;;) {
      const next = await this.#once(hop);
      if (next === undefined) return;
      if (this.seen.redirects === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects`);
      this.seen.redirects++;
      hop = next;
      this.stopwatch.enter(firstPhase(hop.url));
    }
  }

  /** @returns what comes next when the answer is a redirect that is to be followed */
  async #once(hop: ProbeHop): Promise<ProbeHop | undefined> {
    this.#request.limits?.check(hop.url);
    const response = await this.#send(hop);
    this.seen.status = response.statusCode;
    this.seen.certificateExpirySeconds = earliest(
      this.seen.certificateExpirySeconds,
      expiryOf(response.socket),
    );
    this.stopwatch.enter('transfer');
    this.seen.body = await readProbeBody(response);
    if (this.#request.followsRedirects !== true) return undefined;
    const { location, 'set-cookie': cookies = [] } = response.headers;
    for (const cookie of cookies) this.#cookies.setCookieSync(cookie, hop.url, { ignoreError: true });
    return redirectedHop(hop, { status: response.statusCode, location }, this.#first);
  }

  #send({ url, method, headers, body }: ProbeHop): Promise<IncomingMessage> {
    const { limits } = this.#request;
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const isTls = url.protocol === 'https:';
    const outgoing: ClientRequest = (isTls ? requestHttps : requestHttp)(url, {
      agent: false,
      signal: this.#signal,
      method,
      headers: { 'user-agent': 'evenkeel-exporter', ...this.#withCookies(headers, url) },
      ...(limits && { lookup: limits.lookup }),
      ...(isTls && tlsOptions(this.#request.tls)),
    });
    outgoing.on('socket', (socket) => watchSocket(socket, isTls, this.stopwatch));
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  }

  /** Those that redirects have set, beside those of the config. */
  #withCookies(headers: ProbeHop['headers'], url: URL): ProbeHop['headers'] {
    const set = this.#cookies.getCookieStringSync(url);
    if (set === '') return headers;
    const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'cookie';
    const entries = Object.entries(headers);
    const cookie = [...entries.filter(isCookie).map(([, value]) => value), set].join('; ');
    return { ...Object.fromEntries(entries.filter((entry) => !isCookie(entry))), cookie };
  }
}

function earliest(...seconds: (number | undefined)[]): number | undefined {
  const known = seconds.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
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

function expiryOf(socket: Socket): number | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  let first: number | undefined;
  const seen = new Set<unknown>();
  let certificate: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  // A root certificate is its own issuer; a chain that was not sent whole just ends.
  while (certificate?.valid_to !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    first = earliest(first, Date.parse(certificate.valid_to) / 1000);
    certificate = certificate.issuerCertificate;
  }
  return first;
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
