import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Environment } from '../config/environment.ts';
import { didYouMean, nearest } from '../diagnostics/suggest.ts';
import { EvenkeelError, messageOf } from '../errors.ts';
import type { Command, Program } from './command.ts';
import { findCommand, groupOf } from './find-command.ts';
import { renderCommandHelp, renderGroupHelp, renderHelp, titleOf } from './help.ts';
import { operandMistake } from './operands.ts';
import type { Option, Options, Values } from './options.ts';
import { readValues, type Typed } from './values.ts';

export type ParsedCommandLine =
  | { kind: 'run'; command: Command; values: Values<Options>; operands: readonly string[] }
  /** --help or --version: print `text` and exit 0. */
  | { kind: 'print'; text: string };

/**
 * Reads a command line: which command it is, then its options and operands; the environment fills what it leaves out,
 * defaults fill the rest.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID for an unknown command or flag, a value of the wrong form, or operands that the
 *   command does not take
 */
export function parseCommandLine(
  program: Program,
  argv: readonly string[],
  env: Environment,
): ParsedCommandLine {
  const glance = glanceAt(program, argv);
  const text = textFor(program, glance);
  if (text !== undefined) return { kind: 'print', text };
  if (glance.unknownFirst !== undefined) throw unknownFlag(program, glance.unknownFirst);
  const { command, operands: count } = findCommand(program, glance.words);
  const { typed, positionals } = readArguments(program, command, argv);
  const operands = positionals.slice(positionals.length - count);
  requireOperands(program, command, operands);
  return { kind: 'run', command, values: readValues(program, command, { typed, env }), operands };
}

/** What is printed in the place of running a command, if anything. */
function textFor(program: Program, { words, wants, unknownFirst }: Glance): string | undefined {
  if (wants.version) return `${program.name} ${program.version}\n`;
  const isEmpty = words.length === 0 && unknownFirst === undefined;
  if (isEmpty && (wants.help || program.standard === undefined)) return renderHelp(program);
  if (!wants.help) return undefined;
  const group = groupOf(program, words[0]);
  if (words.length === 1 && group.length > 0) return renderGroupHelp(program, words[0]!, group);
  return renderCommandHelp(program, findCommand(program, words).command);
}

function requireOperands(program: Program, command: Command, operands: readonly string[]): void {
  const mistake = operandMistake(command.operands ?? '', operands);
  if (mistake === undefined) return;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `${titleOf(program, command)} ${mistake}`, {
    hint: seeHelp(program, command),
  });
}

type ArgumentOptions = NonNullable<ParseArgsConfig['options']>;

function toArguments(options: Iterable<[string, Option]>): ArgumentOptions {
  const wanted: ArgumentOptions = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } };
  for (const [name, { type }] of options)
    wanted[name] = { type: type === 'flag' ? 'boolean' : 'string', multiple: type === 'list' };
  return wanted;
}

interface Glance {
  /** What is neither a flag nor the value of one: the command and its operands. */
  words: readonly string[];
  wants: { help: boolean; version: boolean };
  /** A flag of no command that stands before all words, any of which may be its value. */
  unknownFirst: string | undefined;
}

/** Looks for the command among the flags of all commands. */
function glanceAt({ commands }: Program, argv: readonly string[]): Glance {
  const options = toArguments(commands.flatMap((command) => Object.entries(command.options)));
  const { values, tokens, positionals } = parseArgs({
    ...{ args: [...argv], options, strict: false, allowPositionals: true, allowNegative: true, tokens: true },
  });
  const firstWord = tokens.findIndex(({ kind }) => kind === 'positional');
  const before = firstWord === -1 ? tokens : tokens.slice(0, firstWord);
  const unknown = before.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name));
  return {
    words: positionals,
    wants: { help: values.help === true, version: values.version === true },
    unknownFirst: unknown?.kind === 'option' ? unknown.name : undefined,
  };
}

function readArguments(
  program: Program,
  command: Command,
  argv: readonly string[],
): { typed: Typed; positionals: readonly string[] } {
  const options = toArguments(Object.entries(command.options));
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true });
    return { typed: parsed.values as Typed, positionals: parsed.positionals };
  } catch (cause) {
    const unknown = /Unknown option '-*([^']+)'/.exec(messageOf(cause))?.[1];
    if (unknown !== undefined) throw unknownFlag(program, unknown, command);
    throw new EvenkeelError('COMMAND_LINE_INVALID', messageOf(cause).split('. ')[0] ?? '', {
      cause,
      hint: seeHelp(program, command),
    });
  }
}

/** It may be a slip of the pen, or a flag of another command. */
function unknownFlag(program: Program, flag: string, command?: Command): EvenkeelError {
  const own = (options: Options) => Object.keys(options);
  const known =
    command === undefined ? program.commands.flatMap(({ options }) => own(options)) : own(command.options);
  const others = program.commands.filter(({ options }) => Object.hasOwn(options, flag));
  const hint =
    others.length > 0
      ? `it is a flag of ${others.map((other) => titleOf(program, other)).join(', ')}`
      : didYouMean(nearest(flag, [...new Set(known)]).map((name) => `--${name}`));
  const of = command === undefined ? '' : ` of ${titleOf(program, command)}`;
  return new EvenkeelError('COMMAND_LINE_INVALID', `unknown flag --${flag}${of}`, {
    hint: hint ?? seeHelp(program, command),
  });
}

function seeHelp(program: Program, command?: Command): string {
  return `see ${command === undefined ? program.name : titleOf(program, command)} --help`;
}
