import { EvenkeelError, type Options, parseCommandLine, suggest } from '@evenkeel/toolkit';
import { carrier } from './carrier.ts';
import type { Command } from './command.ts';
import { drive } from './drive.ts';
import { load } from './load.ts';
import { ENV_PREFIX, VERSION } from './options.ts';
import { serve } from './serve.ts';

const PROGRAM = 'evenkeel-demo';
const COMMANDS: Readonly<Record<string, Command<never>>> = { serve, carrier, drive, load } as never;
const EXIT_OK = 0;

export interface Invocation {
  /** After the program's name. */
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  print: (text: string) => void;
}

/**
 * Runs one of the demo's programs to its end.
 *
 * @returns the exit code
 * @throws EvenkeelError COMMAND_LINE_INVALID and what its start may throw
 */
export async function runCommand({ argv, env, print }: Invocation): Promise<number> {
  const [name = '--help', ...rest] = argv;
  if (name === '--help' || name === '-h') {
    print(overview());
    return EXIT_OK;
  }
  const command = COMMANDS[name] as Command<Options> | undefined;
  if (command === undefined) throw unknownCommand(name);
  const line = {
    name: `${PROGRAM} ${name}`,
    version: VERSION,
    summary: `${command.summary}.`,
    envPrefix: ENV_PREFIX,
    options: command.options,
  };
  const parsed = parseCommandLine(line, rest, env);
  if (parsed.kind === 'run') return command.run(parsed.invocation.values, env);
  print(parsed.text);
  return EXIT_OK;
}

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `${PROGRAM} ${VERSION}: the demo warehouse.\n\nUsage:\n  ${PROGRAM} <command> [flags]\n\nCommands:\n${rows.join('\n')}\n\nSee ${PROGRAM} <command> --help.\n`;
}

function unknownCommand(name: string): EvenkeelError {
  const near = suggest(name, Object.keys(COMMANDS));
  return new EvenkeelError('COMMAND_LINE_INVALID', `there is no command ${name}`, {
    hint: near === undefined ? `see ${PROGRAM} --help` : `did you mean ${near}?`,
  });
}
