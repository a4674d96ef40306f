import { inspect } from 'node:util';
import { z } from 'zod';

const REDACTED = '[redacted]';

/** A value that must not reach a log, an error or a response: it prints as `[redacted]` wherever it lands by accident. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself; call it only where it is sent. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** A config value that holds a secret: its JSON Schema is `writeOnly`, and its key may be given as `<key>_file`. */
export const secretSchema = z
  .string()
  .min(1)
  .transform((value) => new Secret(value))
  .meta({ writeOnly: true });

/** A URL without user, password and query, for messages: all three may carry credentials. */
export function redactUrl(url: string): string {
  if (!URL.canParse(url) || hasBareCredentials(url)) return '[invalid url]';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/**
 * Whether a URL seems to have a user or password with a character that ends it, such as `@`, `/` or `#`: what is read as host, path or
 * query may then be a piece of the password.
 */
export function hasBareCredentials(url: string): boolean {
  const [, rest = ''] = /^[a-z][a-z\d+.-]*:\/\/(.*)$/is.exec(url) ?? [];
  const [authority = ''] = rest.split(/[/?#]/);
  const beyond = rest.slice(authority.length);
  const [credentials = '', ...hosts] = authority.split('@');
  if (hosts.length > 1 || beyond.includes('@')) return true;
  const isWithUser = hosts.length === 1;
  if (isWithUser) return !/^[^:\s]*(?::[^:\s]*)?$/.test(credentials) || /%(?![\da-f]{2})/i.test(credentials);
  // `stock:open#rest` without an at sign: the port is none.
  return beyond.startsWith('#') || /\s/.test(authority);
}
