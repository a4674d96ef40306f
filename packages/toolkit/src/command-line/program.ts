import { readFileSync } from 'node:fs';
import { type ErrorCode, EvenkeelError, renderError } from '../errors.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../logger.ts';
import type { CommandLine, Options } from './definition.ts';
import { type Invocation, parseCommandLine } from './parse.ts';

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
/** What was typed, or what a config says, is wrong; nothing was started. */
export const EXIT_USAGE = 2;

const USAGE_CODES: readonly ErrorCode[] = [
  'COMMAND_LINE_INVALID',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'LISTEN_ADDRESS_INVALID',
  'RULES_INVALID',
];

/** The flags about logging that every daemon has. */
export const LOG_OPTIONS = {
  'log.level': {
    type: 'text',
    about: 'lines below this level are left out',
    choices: LOG_LEVELS,
    default: 'info',
  },
  'log.format': {
    type: 'text',
    about: 'form of log lines, which go to stderr',
    choices: LOG_FORMATS,
    default: 'logfmt',
  },
} as const;

/** Flag with TLS, passwords and headers of a daemon's web server. */
export const WEB_CONFIG_OPTION = {
  'web.config.file': {
    type: 'text',
    about: "TLS, passwords and headers, in the format of Prometheus' exporter-toolkit",
    placeholder: 'path',
  },
} as const;

/** Runs a program to its exit code: --help and --version are answered, errors are shown as a person reads them. */
export async function runProgram<O extends Options>(
  line: CommandLine<O>,
  run: (invocation: Invocation<O>) => Promise<number>,
): Promise<void> {
  await exitWith(async () => {
    const parsed = parseCommandLine(line, process.argv.slice(2), process.env);
    if (parsed.kind === 'run') return run(parsed.invocation);
    process.stdout.write(parsed.text);
    return EXIT_OK;
  });
}

/** Sets the exit code that `work` gives; what it throws is shown on stderr and becomes 2 or 1. */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${renderError(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

/** 2 for what the person can mend by writing something else, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof EvenkeelError && USAGE_CODES.includes(error.code) ? EXIT_USAGE : EXIT_FAILED;
}

/** The version in the package.json of a package; `packageUrl` is the URL of its directory, with a slash at its end. */
export function readPackageVersion(packageUrl: URL): string {
  const text = readFileSync(new URL('package.json', packageUrl), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
