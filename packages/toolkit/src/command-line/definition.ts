interface OptionBase {
  /** One line for --help, without a full stop. */
  about: string;
  /** The variable that sets it too: by default PREFIX_NAME; `false` for none. */
  env?: false;
}

export interface TextOption extends OptionBase {
  type: 'text';
  default?: string;
  placeholder?: string;
  choices?: readonly string[];
}

/** May be repeated; in its variable the values are separated by commas. */
export interface ListOption extends OptionBase {
  type: 'list';
  default?: readonly string[];
  placeholder?: string;
}

/** `--name` and `--no-name`. */
export interface FlagOption extends OptionBase {
  type: 'flag';
  default?: boolean;
}

export type Option = TextOption | ListOption | FlagOption;
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? string[]
    : O extends { default: string }
      ? string
      : string | undefined;

export type Values<O extends Options> = { [Name in keyof O]: ValueOf<O[Name]> };

export interface CommandLine<O extends Options> {
  /** The program's name, as typed. */
  name: string;
  version: string;
  /** One sentence: what it does. */
  summary: string;
  /** Subcommands with one line each; the first is the default. */
  commands?: Readonly<Record<string, string>>;
  options: O;
  /** Prefix of the environment variables that mirror the options. */
  envPrefix: string;
  /** Lines shown at the end of --help. */
  examples?: readonly string[];
}

/** The environment variable that mirrors an option: `web.listen-address` -> `PREFIX_WEB_LISTEN_ADDRESS`. */
export function variableName(prefix: string, option: string): string {
  return `${prefix}_${option.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
}

/** All variables of the environment that a command line reads. */
export function variablesOf<O extends Options>({ envPrefix, options }: CommandLine<O>): string[] {
  return Object.entries(options).flatMap(([name, { env }]) =>
    env === false ? [] : [variableName(envPrefix, name)],
  );
}
