/**
 * A noncharacter, which Unicode keeps free for what a program needs inside:
 * https://www.unicode.org/faq/private_use.html#nonchar1. After it come the four digits of the code unit it stands for.
 */
const MARK = '\u{FDD0}';

/** In JSON text: a backslash that is escaped itself, an escape that PostgreSQL cannot take for a character, or the mark. */
const UNSTORABLE = /\\\\|\\u(0000|d[89a-f][0-9a-f]{2})|\uFDD0/g;
const STORED = /\uFDD0(0000|d[89a-f][0-9a-f]{2}|fdd0)/g;

/**
 * JSON text as every database can keep it and look into it: PostgreSQL has no NUL and no lone surrogates in its texts, and refuses
 * to look into JSON that has them anywhere. The chain's hash is over this form.
 */
export function toStoredJson(json: string): string {
  return json.replace(UNSTORABLE, (found, code: string | undefined) =>
    found === '\\\\' ? found : MARK + (code ?? 'fdd0'),
  );
}

/** The JSON text that `toStoredJson` was given. */
export function fromStoredJson(stored: string): string {
  return stored.replace(STORED, '\\u$1');
}

/** A text as it is found inside of stored JSON. */
export function toStoredText(text: string): string {
  return JSON.parse(toStoredJson(JSON.stringify(text))) as string;
}
