import type { Environment } from '../config/environment.ts';
import { type Options, type Values, variableName } from './options.ts';

/** What a command is given. */
export interface Invocation<O extends Options> {
  values: Values<O>;
  /** What follows the command, as many as it wants. */
  operands: readonly string[];
  env: Environment;
  program: Program;
  /** Prints to stdout; waits while whoever reads is slower. */
  write: (text: string) => Promise<void>;
}

/** One thing that a program does: all that is known of it, so that help, checks and dispatch come from one place. */
export interface Command<O extends Options = Options> {
  /** One word, or two: `check`, `token create`. */
  name: string;
  /** What it does, in one line without a full stop. */
  summary: string;
  /** More of it, for its own --help. */
  details?: string;
  /** As the usage shows them: `<file>`, `[file]`, `<file>...` for one or more, `[label=value]...` for any number. */
  operands?: string;
  options: O;
  /** What an exit code means here, where it is more than EXIT_MEANINGS says. */
  exits?: Readonly<Record<number, string>>;
  examples?: readonly string[];
  /** @returns the exit code */
  run(invocation: Invocation<O>): Promise<number>;
}

/** Lets the types of a command's values follow from its options; the list knows no more of it than that it is a command. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command;
}

export interface Program {
  /** As typed. */
  name: string;
  version: string;
  /** What it does, in one line without a full stop. */
  summary: string;
  commands: readonly Command[];
  /** The command that runs when none is named. */
  standard?: string;
  /** Prefix of the environment variables that mirror the options. */
  envPrefix: string;
  /** Lines at the end of its --help. */
  examples?: readonly string[];
}

/** All variables of the environment that a program reads in the place of options. */
export function variablesOf({ envPrefix, commands }: Program): string[] {
  const names = commands.flatMap(({ options }) =>
    Object.entries(options).flatMap(([name, { env }]) => (env === false ? [] : [name])),
  );
  return [...new Set(names)].map((name) => variableName(envPrefix, name));
}

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
/** What was typed, or what a config says, is wrong; nothing was started. */
export const EXIT_USAGE = 2;

export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  [EXIT_OK]: 'done',
  [EXIT_FAILED]: 'it failed; stderr says why',
  [EXIT_USAGE]: 'a mistake in what was typed, or in a file; nothing was done',
};
