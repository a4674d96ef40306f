import { QUOTED } from './field-shapes.ts';
import { type LoggedRequest, readSeconds, readStatus, splitRequest } from './logged-request.ts';
import { Misfit, misfitOf } from './misfit.ts';
import { type Field, type Pattern, TOUCHING } from './pattern.ts';

/** Reads one line, or says why it does not fit. */
export type ParseLine = (line: string) => LoggedRequest | Misfit;

/**
 * A part of a pattern in which each field ends by its own shape, such as a number, a word, or text in quotes. Between two such
 * parts stands a field that may be anything.
 */
interface Part {
  /** Matches at one place; its groups are the fields that count, in the order of `roles`. */
  grammar: RegExp;
  roles: readonly Role[];
  /** What it begins with. */
  literal: string;
}

/** A field that may be anything, and what it is good for. */
type FreeField = Pick<Field, 'role'>;

interface Found {
  start: number;
  end: number;
  match: RegExpExecArray;
}

type Role = 'request' | 'method' | 'target' | 'status' | 'duration';
type Values = Readonly<Partial<Record<Role, string>>>;

/**
 * A parser for lines of one pattern. The parts are looked for from the left and from the right: when the fields that count are not
 * the same, the line can be read in two ways, as when a client wrote something that looks like fields, and it does not fit.
 * No part is tried twice at a place, so that a line costs little more than its length.
 */
export function patternParser(pattern: Pattern): ParseLine {
  const { parts, free } = cut(pattern);
  const duration = pattern.fields.find(({ role }) => role === 'duration')!;
  return (line) => {
    const first = matchFrom(line, parts);
    const last = first && (isOnlyMatch(line, parts, first) ? first : matchBackwards(line, parts));
    if (first === undefined || last === undefined) return misfitOf(pattern, line);
    const values = valuesOf(line, first, { parts, free });
    if (last !== first && !isSame(values, valuesOf(line, last, { parts, free })))
      return new Misfit('it can be read in two ways');
    return toRequest(values, pattern, duration.secondsPerUnit);
  };
}

function cut(pattern: Pattern): Cut {
  const { fields, literals } = pattern;
  const target = targetOf(pattern);
  const free: FreeField[] = [];
  const parts = [{ source: '', literal: literals[0]!, roles: [] as Role[] }];
  for (const [index, field] of fields.entries()) {
    const part = parts.at(-1)!;
    part.source += escaped(literals[index]!);
    const shape = isQuoted(literals, index) ? QUOTED : field.shape?.(nextOf(pattern, index));
    if (shape === undefined) {
      free.push(field);
      parts.push({ source: '', literal: literals[index + 1]!, roles: [] });
      continue;
    }
    const role = index === target.from ? 'target' : field.role === 'target' ? 'none' : field.role;
    const isAlone = role !== 'target' && role !== 'none';
    if (role !== 'none') part.roles.push(role);
    part.source += (role === 'target' ? '(' : '') + (isAlone ? `(${shape})` : shape);
    if (index === target.to) part.source += ')';
  }
  parts.at(-1)!.source += `${escaped(literals.at(-1)!)}$`;
  return { free, parts: parts.map(({ source, ...part }) => ({ grammar: new RegExp(source, 'y'), ...part })) };
}

/** The fields from the one that begins the target to the one that ends it: `$scheme://$host$request_uri`, `$uri$is_args$args`. */
function targetOf({ fields, literals }: Pattern): { from: number; to: number } {
  const at = fields.findIndex(({ role, shape }) => role === 'target' && shape !== undefined);
  if (at === -1) return { from: -1, to: -1 };
  const isUrl = fields[at - 2]?.name === 'scheme' && literals[at - 1] === '://' && literals[at] === '';
  const touching = fields.findIndex((_, index) => index > at && literals[index] !== '');
  return { from: isUrl ? at - 2 : at, to: (touching === -1 ? fields.length : touching) - 1 };
}

function isQuoted(literals: readonly string[], index: number): boolean {
  return literals[index]!.endsWith('"') && literals[index + 1]!.startsWith('"');
}

/** What may stand right after a field. */
function nextOf(pattern: Pattern, index: number): string {
  const literal = pattern.literals[index + 1]!;
  if (literal !== '') return literal[0]!;
  const touching = pattern.fields[index + 1];
  return touching === undefined ? '' : (TOUCHING[touching.name] ?? '') + nextOf(pattern, index + 1);
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/** Usually what a part begins with is nowhere else in the line. */
function isOnlyMatch(line: string, parts: readonly Part[], found: readonly Found[]): boolean {
  return parts.every((part, index) => index === 0 || placeFrom(line, part, found[index]!.start + 1) === -1);
}

function matchFrom(line: string, parts: readonly Part[]): Found[] | undefined {
  const found: Found[] = [];
  let position = 0;
  for (const [index, part] of parts.entries()) {
    const match = index === 0 ? matchAt(line, part, 0) : firstMatch(line, part, position);
    if (match === undefined) return undefined;
    found.push(match);
    position = match.end;
  }
  return found;
}

function matchBackwards(line: string, parts: readonly Part[]): Found[] | undefined {
  const found: Found[] = [];
  let limit = line.length;
  for (const [index, part] of [...parts.entries()].reverse()) {
    const match = index === 0 ? matchAt(line, part, 0) : lastMatch(line, part, limit);
    if (match === undefined || match.end > limit) return undefined;
    found.unshift(match);
    limit = match.start;
  }
  return found;
}

function firstMatch(line: string, part: Part, from: number): Found | undefined {
  for (let at = placeFrom(line, part, from); at !== -1; at = placeFrom(line, part, at + 1)) {
    const match = matchAt(line, part, at);
    if (match !== undefined) return match;
  }
  return undefined;
}

function lastMatch(line: string, part: Part, limit: number): Found | undefined {
  for (
    let at = placeBefore(line, part, limit);
    at !== -1;
    at = at === 0 ? -1 : placeBefore(line, part, at - 1)
  ) {
    const match = matchAt(line, part, at);
    if (match !== undefined && match.end <= limit) return match;
  }
  return undefined;
}

/** Only the end of a line begins with nothing. */
function placeFrom(line: string, { literal }: Part, from: number): number {
  if (literal !== '') return line.indexOf(literal, from);
  return from <= line.length ? line.length : -1;
}

function placeBefore(line: string, { literal }: Part, limit: number): number {
  if (literal !== '') return line.lastIndexOf(literal, limit);
  return limit === line.length ? limit : -1;
}

function matchAt(line: string, { grammar }: Part, at: number): Found | undefined {
  grammar.lastIndex = at;
  const match = grammar.exec(line);
  return match === null ? undefined : { start: at, end: at + match[0].length, match };
}

interface Cut {
  parts: readonly Part[];
  free: readonly FreeField[];
}

function valuesOf(line: string, found: readonly Found[], { parts, free }: Cut): Values {
  const values: Partial<Record<Role, string>> = {};
  for (const [index, { roles }] of parts.entries()) {
    for (const [at, role] of roles.entries()) values[role] = found[index]!.match[at + 1]!;
  }
  for (const [index, { role }] of free.entries()) {
    if (role !== 'none') values[role] = line.slice(found[index]!.end, found[index + 1]!.start);
  }
  return values;
}

function isSame(one: Values, other: Values): boolean {
  return (['request', 'method', 'target', 'status', 'duration'] as const).every(
    (role) => one[role] === other[role],
  );
}

function toRequest(values: Values, pattern: Pattern, secondsPerUnit: number): LoggedRequest | Misfit {
  const { request, method = '', target = '' } = values;
  const sent = request === undefined ? { method, target } : splitRequest(request);
  const status = readStatus(values.status ?? '');
  const seconds = readSeconds(values.duration ?? '', secondsPerUnit);
  const nameOf = (role: Role) => pattern.fields.find((field) => field.role === role)?.text;
  if (status === 0) return new Misfit(`${nameOf('status')} is no status`);
  if (Number.isNaN(seconds)) return new Misfit(`${nameOf('duration')} is no duration`);
  return { ...sent, status, seconds };
}
