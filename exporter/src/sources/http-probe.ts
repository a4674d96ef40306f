import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';

export const PROBE_PHASES = ['resolve', 'connect', 'tls', 'processing', 'transfer'] as const;
export type ProbePhase = (typeof PROBE_PHASES)[number];

export interface ProbeAnswer {
  /** Undefined when no answer began. */
  status: number | undefined;
  /** Seconds of each phase; those after the one that failed are 0. They add up to the whole. */
  phaseSeconds: Readonly<Record<ProbePhase, number>>;
  /** Why there is no whole answer, if so. */
  failure: string | undefined;
}

/**
 * Sends one GET on a connection of its own and times its phases, named as blackbox_exporter names them.
 * Redirects are not followed. It never rejects: a failure is part of the answer.
 */
export async function probeHttp(url: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const stopwatch = new PhaseStopwatch(firstPhase(url));
  let status: number | undefined;
  try {
    const response = await send(url, signal, stopwatch);
    status = response.statusCode;
    stopwatch.enter('transfer');
    for await (const _chunk of response);
    return { status, phaseSeconds: stopwatch.stop(), failure: undefined };
  } catch (error) {
    const failure = signal.aborted ? 'timed out' : error instanceof Error ? error.message : String(error);
    return { status, phaseSeconds: stopwatch.stop(), failure };
  }
}

function send(url: string, signal: AbortSignal, stopwatch: PhaseStopwatch): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isTls = url.startsWith('https:');
  const open = isTls ? requestHttps : requestHttp;
  const outgoing: ClientRequest = open(url, {
    agent: false,
    signal,
    headers: { 'user-agent': 'evenkeel-exporter' },
  });
  outgoing.on('socket', (socket) => watchSocket(socket, isTls, stopwatch));
  outgoing.on('response', resolve);
  outgoing.on('error', reject);
  outgoing.end();
  return promise;
}

function watchSocket(socket: Socket, isTls: boolean, stopwatch: PhaseStopwatch): void {
  socket.once('lookup', () => stopwatch.enter('connect'));
  socket.once('connect', () => stopwatch.enter(isTls ? 'tls' : 'processing'));
  socket.once('secureConnect', () => stopwatch.enter('processing'));
}

/** An address that needs no look-up connects at once. */
function firstPhase(url: string): ProbePhase {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? 'resolve' : 'connect';
}

class PhaseStopwatch {
  readonly #seconds: Record<ProbePhase, number> = {
    resolve: 0,
    connect: 0,
    tls: 0,
    processing: 0,
    transfer: 0,
  };
  #phase: ProbePhase;
  #sinceMs = performance.now();

  constructor(first: ProbePhase) {
    this.#phase = first;
  }

  /** Ends the phase under way. */
  enter(next: ProbePhase): void {
    const nowMs = performance.now();
    this.#seconds[this.#phase] += (nowMs - this.#sinceMs) / 1000;
    this.#phase = next;
    this.#sinceMs = nowMs;
  }

  stop(): Readonly<Record<ProbePhase, number>> {
    this.enter(this.#phase);
    return this.#seconds;
  }
}
