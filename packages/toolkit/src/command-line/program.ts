import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Environment } from '../config/environment.ts';
import { EvenkeelError, renderError } from '../errors.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../logger.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, type Program } from './command.ts';
import { parseCommandLine } from './parse.ts';

const USAGE_CODES: readonly string[] = [
  'COMMAND_LINE_INVALID',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'DURATION_INVALID',
  'LISTEN_ADDRESS_INVALID',
  'PROFILE_INVALID',
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

/** What somebody typed, and where. */
export interface TypedLine {
  /** After the program's name. */
  argv: readonly string[];
  env: Environment;
  write: (text: string) => Promise<void>;
}

/**
 * Runs the command that a command line names; --help and --version are answered.
 *
 * @returns the exit code
 * @throws EvenkeelError COMMAND_LINE_INVALID, and what the command throws
 */
export async function runCommandLine(program: Program, { argv, env, write }: TypedLine): Promise<number> {
  const parsed = parseCommandLine(program, argv, env);
  if (parsed.kind === 'run') {
    const { command, values, operands } = parsed;
    return command.run({ values, operands, env, program, write });
  }
  await write(parsed.text);
  return EXIT_OK;
}

/** Runs this process as a program, to its exit code: errors are shown as a person reads them. */
export async function runProgram(program: Program): Promise<void> {
  await exitWith(() =>
    runCommandLine(program, { argv: process.argv.slice(2), env: process.env, write: writeOut }),
  );
}

async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** What was closed may take so long to be gone. */
const LINGER_MS = 2_000;

/**
 * Ends the process with the exit code that `work` gives; what it throws is shown on stderr and becomes 2 or 1. A connection whose other
 * side does not close it, such as one to a server that hangs, does not keep the process.
 */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${renderError(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
  setTimeout(() => process.exit(), LINGER_MS).unref();
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
