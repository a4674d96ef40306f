import { readFileSync, statSync } from 'node:fs';
import { isCollection, isScalar, visit } from 'yaml';
import { ConfigDocument } from '../../config/document.ts';
import type { Environment } from '../../config/environment.ts';
import { parseConfig } from '../../config/load.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../diagnostics/render.ts';
import { EvenkeelError, messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { isTlsWanted, type WebConfig, webConfigSchema } from './schema.ts';
import { readTlsSettings, tlsFiles, type TlsSettings } from './tls-settings.ts';

/** What a web config file says, ready for use. */
export interface WebSettings {
  tls: TlsSettings | undefined;
  /** Name -> bcrypt hash; none: everybody may come. */
  users: ReadonlyMap<string, string>;
  /** Header -> value; an empty value takes the header away. */
  headers: readonly (readonly [string, string])[];
  /** All files that were read. */
  files: readonly string[];
}

/**
 * Reads a web config file and the certificates that it names.
 *
 * @throws EvenkeelError CONFIG_UNREADABLE, or CONFIG_INVALID with all diagnostics; none of them shows a secret
 */
export function readWebConfig(file: string, env: Environment = process.env): WebSettings {
  const text = readText(file);
  const parsed = parseConfig({ file, schema: webConfigSchema, env }, text);
  if (!parsed.ok) throw invalid(file, text, parsed.diagnostics);
  const { tls_server_config: tls, http_server_config: http, basic_auth_users: users } = parsed.config;
  const named = isTlsWanted(tls) ? tlsFiles(tls, file) : new Map<string, string>();
  return {
    tls: isTlsWanted(tls) ? tryTls({ file, text, tls, named }) : undefined,
    users: new Map(Object.entries(users ?? {})),
    headers: Object.entries(http?.headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
    files: [file, ...named.values()],
  };
}

/**
 * A web config that follows its files: it looks at them whenever it is asked, and reads them when one has changed.
 * Where the new ones are wrong, the old settings stay in force, with one log line.
 */
export class WebConfigFile {
  readonly #file: string;
  readonly #logger: Logger;
  readonly #env: Environment;
  #settings: WebSettings;
  #seen: string;

  /** @throws as `readWebConfig` does */
  constructor(file: string, logger: Logger, env: Environment = process.env) {
    this.#file = file;
    this.#logger = logger;
    this.#env = env;
    this.#settings = readWebConfig(file, env);
    this.#seen = stampOf(this.#settings.files);
  }

  current(): WebSettings {
    const stamp = stampOf(this.#settings.files);
    if (stamp !== this.#seen) {
      this.#seen = stamp;
      this.#take();
    }
    return this.#settings;
  }

  #take(): void {
    try {
      const settings = readWebConfig(this.#file, this.#env);
      if ((settings.tls === undefined) !== (this.#settings.tls === undefined))
        throw new Error('TLS cannot be switched on or off without a restart');
      this.#settings = settings;
      this.#seen = stampOf(settings.files);
      this.#logger.info({ file: this.#file }, 'web config read again');
    } catch (error) {
      this.#logger.error({ file: this.#file, err: error }, 'web config not taken over, the old one stays');
    }
  }
}

/** Changes when a file is written, replaced, removed, or when its link leads elsewhere. */
function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
    })
    .join(' ');
}

interface TlsTrial {
  file: string;
  text: string;
  tls: NonNullable<WebConfig['tls_server_config']>;
  named: ReadonlyMap<string, string>;
}

function tryTls({ file, text, tls, named }: TlsTrial): TlsSettings {
  try {
    return readTlsSettings(tls, named);
  } catch (error) {
    const document = new ConfigDocument(file, text);
    const { path } = error as { path?: string };
    const key = [...named].find(([, one]) => one === path)?.[0];
    const at = ['tls_server_config', ...(key === undefined ? [] : [key])];
    const message =
      key === undefined ? `certificate and key are of no use: ${messageOf(error)}` : messageOf(error);
    throw invalid(file, text, [document.atValue(at, { code: 'CONFIG_INVALID', message })]);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new EvenkeelError('CONFIG_UNREADABLE', `cannot read ${file}: ${messageOf(cause)}`, {
      cause,
      hint: 'check the path given with --web.config.file',
    });
  }
}

function invalid(file: string, text: string, diagnostics: readonly Diagnostic[]): EvenkeelError {
  const shown = renderDiagnostics(diagnostics, new Map([[file, withoutSecrets(file, text)]]));
  return new EvenkeelError('CONFIG_INVALID', shown);
}

/** The text with stars for hashes and keys: a password that was written in place of its hash is not to reach a log. */
function withoutSecrets(file: string, text: string): string {
  const document = new ConfigDocument(file, text);
  // What is a hash and what is not can only be told from YAML.
  if (document.syntaxDiagnostics().length > 0) return text.split('\n').map(withoutValue).join('\n');
  const { yaml } = document;
  let masked = text;
  const mask = (node: unknown) => {
    if (!isScalar(node) || node.range === null || node.range === undefined) return;
    const [from, to] = node.range;
    masked = masked.slice(0, from) + masked.slice(from, to).replace(/\S/g, '*') + masked.slice(to);
  };
  const users = yaml.get('basic_auth_users', true);
  if (isCollection(users)) visit(users, { Scalar: (key, node) => (key === 'key' ? undefined : mask(node)) });
  else mask(users);
  mask(yaml.getIn(['tls_server_config', 'key'], true));
  return masked;
}

/** A line with stars for all that follows its first colon; without one, for all of it. */
function withoutValue(line: string): string {
  const from = line.indexOf(':') + 1;
  return line.slice(0, from) + line.slice(from).replace(/\S/g, '*');
}
