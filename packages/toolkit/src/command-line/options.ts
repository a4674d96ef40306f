interface OptionBase {
  /** One line for --help, without a full stop. */
  about: string;
  /** The variable that sets it too: by default PREFIX_NAME; `false` for none. */
  env?: false;
}

export interface TextOption extends OptionBase {
  type: 'text';
  default?: string;
  /** The command does not run without it. */
  required?: true;
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

type TextOf<O extends Option> = O extends { choices: readonly (infer Choice)[] } ? Choice : string;

type ValueOf<O extends Option> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? string[]
    : O extends { default: string } | { required: true }
      ? TextOf<O>
      : TextOf<O> | undefined;

export type Values<O extends Options> = { [Name in keyof O]: ValueOf<O[Name]> };

/** The environment variable that mirrors an option: `web.listen-address` -> `PREFIX_WEB_LISTEN_ADDRESS`. */
export function variableName(prefix: string, option: string): string {
  return `${prefix}_${option.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
}
