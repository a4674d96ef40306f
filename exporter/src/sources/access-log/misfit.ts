import { readSeconds, readStatus } from './logged-request.ts';
import type { Pattern } from './pattern.ts';

/** Why a line does not fit. */
export class Misfit {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Looks for what is wrong with a line that does not fit: the first field after which something else stands, or that is not what it should be. */
export function misfitOf({ fields, literals }: Pattern, line: string): Misfit {
  if (!line.startsWith(literals[0]!)) return new Misfit(`no ${literals[0]!}`);
  let position = literals[0]!.length;
  for (const [index, { text, role, secondsPerUnit }] of fields.entries()) {
    const until = literals[index + 1]!;
    // What touches the next one has no end of its own.
    if (until === '' && index < fields.length - 1) break;
    const end = endOf(line, position, {
      until,
      isQuoted: literals[index]!.endsWith('"') && until.startsWith('"'),
    });
    if (end === -1) return new Misfit(`nothing after ${text}`);
    const value = line.slice(position, end);
    if (role === 'status' && readStatus(value) === 0) return new Misfit(`${text} is no status`);
    if (role === 'duration' && Number.isNaN(readSeconds(value, secondsPerUnit))) {
      return new Misfit(`${text} is no duration`);
    }
    position = end + until.length;
  }
  return new Misfit('a field is not what its name says');
}

function endOf(
  line: string,
  position: number,
  { until, isQuoted }: { until: string; isQuoted: boolean },
): number {
  if (until === '') return line.length;
  if (!isQuoted) return line.indexOf(until, position);
  const quote = closingQuote(line, position);
  return quote !== -1 && line.startsWith(until, quote) ? quote : -1;
}

function closingQuote(line: string, position: number): number {
  let quote = line.indexOf('"', position);
  while (quote !== -1 && isEscaped(line, quote, position)) quote = line.indexOf('"', quote + 1);
  return quote;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(line: string, place: number, from: number): boolean {
  let backslashes = 0;
  while (place - backslashes > from && line.charCodeAt(place - backslashes - 1) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}
