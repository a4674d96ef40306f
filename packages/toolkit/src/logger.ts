import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const LOG_FORMATS = ['logfmt', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LoggerOptions {
  /** The daemon, on every line. */
  name: string;
  level?: LogLevel;
  /** `logfmt` reads well in a terminal and in journald; `json` is for log pipelines. */
  format?: LogFormat;
  destination?: DestinationStream;
}

const SECRET_KEYS = ['token', 'password', 'secret', 'authorization', 'cookie', 'apiKey', 'connectionString'];
const CREDENTIALS_IN_URL = /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g;

/** A logger whose lines carry no secret: known keys are replaced, credentials in URLs and headers are cut out of texts. */
export function createLogger(options: LoggerOptions): Logger {
  const { name, level = 'info', format = 'logfmt', destination = process.stderr } = options;
  return pino(
    {
      level,
      base: { name },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    { write: (line: string) => destination.write(format === 'json' ? scrub(line) : toLogfmt(scrub(line))) },
  );
}

/** A logger that says nothing, for tests. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

function scrub(line: string): string {
  return line.replace(CREDENTIALS_IN_URL, '$1[redacted]@').replace(BEARER, '$1 [redacted]');
}

function toLogfmt(line: string): string {
  const { time, level, name, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const pairs = Object.entries({ time, level, name, msg, ...rest }).flatMap(([key, value]) =>
    toPairs(key, value),
  );
  return `${pairs.join(' ')}\n`;
}

function toPairs(key: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (key === 'err' && typeof value === 'object' && value !== null) {
    const { message, code } = value as { message?: unknown; code?: unknown };
    return [...toPairs('error', message), ...toPairs('code', code)];
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [`${key}=${/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text)}`];
}
