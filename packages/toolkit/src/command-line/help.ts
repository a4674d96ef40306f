import { type CommandLine, type Option, type Options, variableName } from './definition.ts';

/** The text of --help: usage, commands, options with their defaults, examples. */
export function renderHelp<O extends Options>(line: CommandLine<O>): string {
  const commands = Object.entries(line.commands ?? {});
  const sections = [
    `${line.name} ${line.version}: ${line.summary}`,
    `Usage:\n  ${line.name} ${commands.length > 0 ? '[command] ' : ''}[flags]`,
    section(
      'Commands',
      commands.map(([name, about], index) => [name, index === 0 ? `${about} (default)` : about]),
    ),
    section(flagsTitle(line), [
      ...Object.entries(line.options).map(([name, option]) => describe(name, option)),
      ...STANDARD,
    ]),
    (line.examples ?? []).length === 0
      ? ''
      : `Examples:\n${line.examples!.map((text) => `  ${text}`).join('\n')}`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

const STANDARD: [string, string][] = [
  ['-h, --help', 'show this text'],
  ['--version', 'show the version'],
];

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([left]) => left.length));
  return `${title}:\n${rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}`;
}

/** Said once rather than at each flag, where it would be most of the text. */
function flagsTitle<O extends Options>({ options, envPrefix }: CommandLine<O>): string {
  const [first] = Object.entries(options).find(([, { env }]) => env !== false) ?? [];
  if (first === undefined) return 'Flags';
  return `Flags, each also as a variable of the environment (--${first} is ${variableName(envPrefix, first)})`;
}

function describe(name: string, option: Option): [string, string] {
  const notes = [defaultNote(option), option.env === false ? 'no variable' : ''];
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
