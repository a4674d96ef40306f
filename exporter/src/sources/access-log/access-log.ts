import type { Clock, Logger } from '@evenkeel/toolkit';
import type { HistogramSample } from '../../model/family.ts';
import { knownMethod } from '../../model/http-method.ts';
import { UNMATCHED_ROUTE } from '../../model/request-duration.ts';
import { RequestDurations } from './durations.ts';
import type { ParseLine } from './line-parser.ts';
import type { LoggedRequest } from './logged-request.ts';
import { Misfit } from './misfit.ts';
import { MAX_LINE_BYTES } from './line-splitter.ts';
import type { LogPosition } from './log-file.ts';
import { type LogLines, type Rotations, Tail } from './tail.ts';

const POLL_MS = 1_000;
/** After so long without a line that does not fit, the log is said to be right again. */
const CALM_MS = 60_000;

/** What a config says of one access log. */
export interface AccessLogSettings {
  name: string;
  path: string;
  parse: ParseLine;
  /** The template of a request target. */
  routeOf: (target: string) => string | undefined;
}

export type LineResult = 'parsed' | 'malformed' | 'too_long' | 'cut';

/** The state of one log at a scrape. */
export interface AccessLogReading {
  name: string;
  durations: HistogramSample[];
  lines: Readonly<Record<LineResult, number>>;
  rotations: Rotations;
  unreadBytes: number;
  /** When all there was had been read, in milliseconds since the epoch. */
  readAtMs: number;
  error: Error | undefined;
}

export interface AccessLogOptions {
  settings: AccessLogSettings;
  clock: Clock;
  logger: Logger;
  /** Where an earlier process stopped. */
  saved?: LogPosition;
}

/** Counts the requests of one access log in the background, from when it is first looked at. */
export class AccessLog {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #abort = new AbortController();
  readonly #durations: RequestDurations;
  readonly #counts: Record<LineResult, number> = { parsed: 0, malformed: 0, too_long: 0, cut: 0 };
  readonly #lines: LogLines;
  #settings: AccessLogSettings;
  #tail: Tail;
  #pending: Promise<boolean> | undefined;
  #loop: Promise<void> | undefined;
  #readAtMs: number;
  #misfit: Misfit | undefined;
  #misfitAtMs: number | undefined;

  constructor({ settings, clock, logger, saved }: AccessLogOptions) {
    this.#settings = settings;
    this.#clock = clock;
    this.#logger = logger;
    this.#durations = new RequestDurations(settings.name);
    this.#readAtMs = clock.now();
    this.#lines = {
      fits: (line) => !(this.#settings.parse(line) instanceof Misfit),
      take: (line) => this.#count(this.#settings.parse(line)),
      skipLong: () => {
        this.#counts.too_long++;
        this.#misfit = new Misfit(`a line is longer than ${MAX_LINE_BYTES} bytes`);
      },
      skipCut: () => {
        this.#counts.cut++;
        this.#misfit = new Misfit('a line was begun and never ended');
      },
    };
    this.#tail = new Tail(settings.path, this.#lines, saved);
  }

  /** Looks again and again until it is stopped. @returns when it has looked for the first time */
  async start(): Promise<void> {
    const first = this.turn();
    this.#loop = this.#follow();
    await first;
  }

  /** Takes over a changed config; what was counted stays. */
  async configure(settings: AccessLogSettings): Promise<void> {
    this.#settings = settings;
    if (settings.path === this.#tail.path) return;
    const old = this.#tail;
    this.#tail = new Tail(settings.path, this.#lines);
    await this.#pending;
    await old.close();
    await this.turn();
  }

  /** Reads on, once for all who ask meanwhile. @returns whether there is more to read at once */
  turn(): Promise<boolean> {
    this.#pending ??= this.#turn().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  reading(): AccessLogReading {
    const { unreadBytes, rotations, error } = this.#tail;
    return {
      name: this.#settings.name,
      durations: this.#durations.samples(),
      lines: this.#counts,
      rotations,
      unreadBytes,
      readAtMs: this.#readAtMs,
      error,
    };
  }

  position(): LogPosition | undefined {
    return this.#tail.position();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loop;
    await this.#pending;
    await this.#tail.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const hasMore = await this.turn();
      if (!hasMore) await this.#clock.sleep(POLL_MS, signal).catch(() => undefined);
    }
  }

  async #turn(): Promise<boolean> {
    const now = this.#clock.now();
    const { renamed, truncated } = this.#tail.rotations;
    const hasMore = await this.#tail.turn(now);
    this.#reportRotation({ renamed, truncated });
    if (!hasMore && this.#tail.error === undefined) this.#readAtMs = now;
    this.#reportMisfits(now);
    return hasMore;
  }

  #count(request: LoggedRequest | Misfit): void {
    if (request instanceof Misfit) {
      this.#counts.malformed++;
      this.#misfit = request;
      return;
    }
    const { method, target, status, seconds } = request;
    const route = this.#settings.routeOf(target) ?? UNMATCHED_ROUTE;
    this.#durations.add({ method: knownMethod(method), route, status, seconds });
    this.#counts.parsed++;
  }

  #reportRotation(before: Rotations): void {
    const { path, rotations } = this.#tail;
    const about = { accessLog: this.#settings.name, file: path };
    if (rotations.renamed > before.renamed)
      this.#logger.info(about, 'access log was renamed: reading the new one too');
    if (rotations.truncated > before.truncated)
      this.#logger.info(about, 'access log was emptied: reading from its start');
  }

  /** One log line when lines begin not to fit and one when they fit again. The lines themselves may hold secrets. */
  #reportMisfits(now: number): void {
    const about = { accessLog: this.#settings.name, file: this.#tail.path };
    if (this.#misfit !== undefined) {
      if (this.#misfitAtMs === undefined)
        this.#logger.warn(
          { ...about, reason: this.#misfit.reason },
          'lines of an access log do not fit its format',
        );
      this.#misfitAtMs = now;
      this.#misfit = undefined;
    } else if (this.#misfitAtMs !== undefined && now - this.#misfitAtMs > CALM_MS) {
      this.#misfitAtMs = undefined;
      this.#logger.info(about, 'lines of an access log fit its format again');
    }
  }
}
