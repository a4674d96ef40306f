import { didYouMean, nearest } from '../diagnostics/suggest.ts';
import { EvenkeelError } from '../errors.ts';
import type { Command, Program } from './command.ts';

export interface FoundCommand {
  command: Command;
  /** How many of the words are operands. */
  operands: number;
}

/**
 * The command that words begin with, or the one that runs when none is named.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID
 */
export function findCommand(program: Program, words: readonly string[]): FoundCommand {
  const { commands, standard } = program;
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = words.length < count ? undefined : commands.find((one) => one.name === name);
    if (command !== undefined) return { command, operands: words.length - count };
  }
  const command = commands.find(({ name }) => name === standard);
  // A program of one command has no name for it: all words are operands.
  if (command !== undefined && (words.length === 0 || standard === ''))
    return { command, operands: words.length };
  throw unknownCommand(program, words);
}

/** The commands of two words that begin with this one. */
export function groupOf({ commands }: Program, word = ''): Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `));
}

function unknownCommand(program: Program, [first = '', second]: readonly string[]): EvenkeelError {
  const { name, commands } = program;
  const group = groupOf(program, first);
  if (group.length > 0) {
    const rest = group.map((command) => command.name.slice(first.length + 1));
    const message =
      second === undefined ? `${first} by itself is no command` : `unknown command ${first} ${second}`;
    return new EvenkeelError('COMMAND_LINE_INVALID', message, {
      hint: `there ${rest.length === 1 ? 'is' : 'are'} ${group.map((command) => command.name).join(', ')}`,
    });
  }
  const firstWords = new Set(commands.map((command) => command.name.split(' ')[0]!));
  return new EvenkeelError('COMMAND_LINE_INVALID', `unknown command ${first}`, {
    hint: didYouMean(nearest(first, [...firstWords])) ?? `see ${name} --help`,
  });
}
