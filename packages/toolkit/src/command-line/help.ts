import { type Command, EXIT_MEANINGS, type Program } from './command.ts';
import { type Option, type Options, variableName } from './options.ts';

/** The text of a program's --help: its commands, and the flags of the one that runs when none is named. */
export function renderHelp(program: Program): string {
  const { name, version, summary, commands, standard, examples = [] } = program;
  const byItself = commands.find((command) => command.name === standard);
  if (byItself?.name === '') return renderCommandHelp(program, byItself);
  return page([
    `${name} ${version}: ${summary}`,
    `Usage:\n  ${name} ${byItself === undefined ? '<command>' : '[command]'} [flags]\n  ${name} <command> --help`,
    section(
      'Commands',
      commands.map((command) => [
        command.name,
        command === byItself ? `${command.summary} (default)` : command.summary,
      ]),
    ),
    byItself === undefined
      ? section('Flags', STANDARD)
      : flagsOf(program, byItself.options, `Flags of ${byItself.name}`),
    section('Exit codes', Object.entries(EXIT_MEANINGS)),
    examplesOf(examples),
  ]);
}

/** The text of --help after the first word of some commands. */
export function renderGroupHelp({ name }: Program, word: string, group: readonly Command[]): string {
  return page([
    `${name} ${word}: ${group.length} commands`,
    `Usage:\n  ${name} <command> --help`,
    section('Commands', group.map(toRow)),
  ]);
}

function toRow({ name, summary }: Command): Row {
  return [name, summary];
}

/** The text of a command's --help. */
export function renderCommandHelp(program: Program, command: Command): string {
  const { summary, details, operands, options, exits, examples = [] } = command;
  const isWhole = command.name === '';
  const usage = [titleOf(program, command), operands, '[flags]'].filter((part) => part !== undefined);
  return page([
    isWhole
      ? `${program.name} ${program.version}: ${program.summary}`
      : `${titleOf(program, command)}: ${summary}`,
    details ?? '',
    `Usage:\n  ${usage.join(' ')}`,
    flagsOf(program, options, 'Flags'),
    section('Exit codes', Object.entries({ ...EXIT_MEANINGS, ...exits })),
    examplesOf(isWhole ? (program.examples ?? []) : examples),
  ]);
}

/** How a command is typed. */
export function titleOf(program: Program, command: Command): string {
  return command.name === '' ? program.name : `${program.name} ${command.name}`;
}

function page(sections: readonly string[]): string {
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

type Row = readonly [string, string];

const STANDARD: readonly Row[] = [
  ['-h, --help', 'show this text'],
  ['--version', 'show the version'],
];

function section(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([left]) => left.length));
  return `${title}:\n${rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}`;
}

function examplesOf(examples: readonly string[]): string {
  return examples.length === 0 ? '' : `Examples:\n${examples.map((text) => `  ${text}`).join('\n')}`;
}

/** That each is a variable too is said once rather than at each flag, where it would be most of the text. */
function flagsOf({ envPrefix }: Program, options: Options, title: string): string {
  const [first] = Object.entries(options).find(([, { env }]) => env !== false) ?? [];
  const note =
    first === undefined
      ? ''
      : `, each also as a variable of the environment (--${first} is ${variableName(envPrefix, first)})`;
  const rows = Object.entries(options).map(([name, option]) => describe(name, option));
  return section(`${title}${note}`, [...rows, ...STANDARD]);
}

function describe(name: string, option: Option): Row {
  const notes = [
    option.type === 'text' && option.required === true ? 'required' : '',
    defaultNote(option),
    option.env === false ? 'no variable' : '',
  ];
  const shown = notes.filter((note) => note !== '').join(', ');
  return [flagShape(name, option), shown === '' ? option.about : `${option.about} (${shown})`];
}

function flagShape(name: string, option: Option): string {
  if (option.type === 'flag') return option.default === true ? `--[no-]${name}` : `--${name}`;
  const placeholder =
    option.placeholder ?? (option.type === 'text' ? option.choices?.join('|') : undefined) ?? 'value';
  return `--${name}=<${placeholder}>${option.type === 'list' ? ' ...' : ''}`;
}

function defaultNote(option: Option): string {
  if (option.type === 'flag' || option.default === undefined) return '';
  return `default ${option.type === 'list' ? option.default.join(',') : option.default}`;
}
