import type { Environment } from '../config/environment.ts';
import { EvenkeelError } from '../errors.ts';
import type { Command, Program } from './command.ts';
import { type Option, type Options, type Values, variableName } from './options.ts';

type Value = string | boolean | string[] | undefined;

/** The options that were typed, by name. */
export type Typed = Readonly<Record<string, Value>>;

interface OptionSources {
  typed: Typed;
  env: Environment;
}

/**
 * The value of each option of a command: as typed, else from its variable, else by default.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID for a value that is none of the choices, and for one that is missing
 */
export function readValues(
  { envPrefix }: Program,
  { name: command, options }: Command,
  { typed, env }: OptionSources,
): Values<Options> {
  const entries = Object.entries(options).map(([name, option]) => {
    const given = typed[name] ?? fromEnvironment(variableName(envPrefix, name), option, env);
    return [
      name,
      check(name, option, given ?? defaultOf(option) ?? emptyValue(command, name, option)),
    ] as const;
  });
  return Object.fromEntries(entries);
}

function fromEnvironment(variable: string, option: Option, env: Environment): Value {
  const text = option.env === false ? undefined : env[variable];
  if (text === undefined) return undefined;
  if (option.type === 'list') return text.split(',').map((part) => part.trim());
  if (option.type === 'text') return text;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `${variable} is "${text}"`, {
    hint: 'expected true or false',
  });
}

function defaultOf(option: Option): Value {
  return option.type === 'list' ? option.default?.slice() : option.default;
}

function check(name: string, option: Option, value: Value): Value {
  if (option.type !== 'text' || option.choices === undefined || typeof value !== 'string') return value;
  if (option.choices.includes(value)) return value;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `--${name} is "${value}"`, {
    hint: `expected one of ${option.choices.join(', ')}`,
  });
}

function emptyValue(command: string, name: string, option: Option): Value {
  if (option.type === 'flag') return false;
  if (option.type === 'list') return [];
  if (option.required !== true) return undefined;
  const choices = option.choices === undefined ? '' : `, one of ${option.choices.join(', ')}`;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `${command} needs --${name}`, {
    hint: `--${name}: ${option.about}${choices}`,
  });
}
