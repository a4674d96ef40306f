import { parseArgs, type ParseArgsConfig } from 'node:util';
import { suggest } from '../diagnostics/suggest.ts';
import { EvenkeelError, messageOf } from '../errors.ts';
import { renderHelp } from './help.ts';
import { type CommandLine, type Option, type Options, type Values, variableName } from './definition.ts';

export interface Invocation<O extends Options> {
  /** The subcommand; empty where the program has none. */
  command: string;
  values: Values<O>;
  /** What follows the subcommand. */
  operands: string[];
}

export type ParsedCommandLine<O extends Options> =
  | { kind: 'run'; invocation: Invocation<O> }
  /** --help or --version: print `text` and exit 0. */
  | { kind: 'print'; text: string };

/**
 * Reads a command line; the environment fills what it leaves out, defaults fill the rest.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID for an unknown flag or command, or a value of the wrong form
 */
export function parseCommandLine<O extends Options>(
  line: CommandLine<O>,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedCommandLine<O> {
  const { values: typed, positionals } = readArguments(line, argv);
  if (typed.help === true) return { kind: 'print', text: renderHelp(line) };
  if (typed.version === true) return { kind: 'print', text: `${line.name} ${line.version}\n` };

  const { command, operands } = readCommand(line, positionals);
  const values = Object.fromEntries(
    Object.entries(line.options).map(([name, option]) => {
      const given = typed[name] ?? fromEnvironment(line.envPrefix, name, { option, env });
      return [name, checkChoice(name, option, given ?? option.default ?? emptyValue(option))];
    }),
  );
  return { kind: 'run', invocation: { command, operands, values: values as Values<O> } };
}

type Given = string | boolean | readonly string[] | undefined;

function readArguments<O extends Options>(line: CommandLine<O>, argv: readonly string[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
  };
  for (const [name, option] of Object.entries(line.options)) {
    options[name] = { type: option.type === 'flag' ? 'boolean' : 'string', multiple: option.type === 'list' };
  }
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true });
    return { values: parsed.values as Record<string, Given>, positionals: parsed.positionals };
  } catch (cause) {
    throw explainArgumentError(line, cause);
  }
}

function explainArgumentError<O extends Options>(line: CommandLine<O>, cause: unknown): EvenkeelError {
  const unknown = /Unknown option '-*([^']+)'/.exec(messageOf(cause))?.[1];
  if (unknown === undefined) {
    return new EvenkeelError('COMMAND_LINE_INVALID', messageOf(cause).split('. ')[0] ?? '', {
      cause,
      hint: seeHelp(line),
    });
  }
  const near = suggest(unknown, Object.keys(line.options));
  return new EvenkeelError('COMMAND_LINE_INVALID', `unknown flag --${unknown}`, {
    cause,
    hint: near === undefined ? seeHelp(line) : `did you mean --${near}?`,
  });
}

function readCommand<O extends Options>(line: CommandLine<O>, positionals: readonly string[]) {
  const [first, ...rest] = positionals;
  const commands = Object.keys(line.commands ?? {});
  if (first === undefined) return { command: commands[0] ?? '', operands: [] };
  if (commands.includes(first)) return { command: first, operands: rest };
  const near = suggest(first, commands);
  throw new EvenkeelError(
    'COMMAND_LINE_INVALID',
    commands.length === 0 ? `unexpected argument ${first}` : `unknown command ${first}`,
    { hint: near === undefined ? seeHelp(line) : `did you mean ${near}?` },
  );
}

interface Mirrored {
  option: Option;
  env: Readonly<Record<string, string | undefined>>;
}

function fromEnvironment(prefix: string, name: string, { option, env }: Mirrored): Given {
  if (option.env === false) return undefined;
  const variable = variableName(prefix, name);
  const text = env[variable];
  if (text === undefined) return undefined;
  if (option.type === 'list') return text.split(',').map((part) => part.trim());
  if (option.type === 'text') return text;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `${variable} is "${text}"`, {
    hint: 'expected true or false',
  });
}

function checkChoice(name: string, option: Option, value: Given): Given {
  if (option.type !== 'text' || option.choices === undefined || typeof value !== 'string') return value;
  if (option.choices.includes(value)) return value;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `--${name} is "${value}"`, {
    hint: `expected one of ${option.choices.join(', ')}`,
  });
}

function emptyValue(option: Option): Given {
  if (option.type === 'flag') return false;
  return option.type === 'list' ? [] : undefined;
}

function seeHelp<O extends Options>(line: CommandLine<O>): string {
  return `see ${line.name} --help`;
}
