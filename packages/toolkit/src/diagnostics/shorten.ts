/** As much of a text as a message needs: whoever wants more has the file. */
const MOST_CHARACTERS = 300;

/** What could say something to a terminal, such as colours, moves of the cursor, or text from right to left. */
const UNPRINTABLE = /[[\p{Control}--[\t\n]]\u202a-\u202e\u2066-\u2069\ufffe\uffff\p{Surrogate}]/gv;

/** A text for a message: its first 300 characters, with those that cannot be printed written as `\u001b`. */
export function shorten(text: string, most = MOST_CHARACTERS): string {
  const cut = text.length > most;
  const kept = cut ? text.slice(0, isHalf(text, most) ? most - 1 : most) : text;
  return kept.replace(UNPRINTABLE, escapeOf) + (cut ? '…' : '');
}

/** The same with one mark for each character that cannot be printed, so that what stands below it stays below it. */
export function mask(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}

function isHalf(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1));
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
