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
  if (!URL.canParse(url)) return '[invalid url]';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
