import type { Pattern, Role } from './pattern.ts';

/** One request of an access log. */
export interface LoggedRequest {
  /** As it was sent; anything, where the client sent no HTTP. */
  method: string;
  /** Path and query, or whatever the client sent. */
  target: string;
  status: number;
  seconds: number;
}

/** Reads one line, or says why it does not fit. */
export type ParseLine = (line: string) => LoggedRequest | Misfit;

export class Misfit {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

interface Step {
  text: string;
  role: Role;
  secondsPerUnit: number;
  /** What stands after the field; empty at the end of the line. */
  until: string;
  isQuoted: boolean;
}

/**
 * A parser for lines of one pattern. Each field goes on until what stands after it comes for the first time, and one in
 * quotes until a quote without a backslash; nothing is tried twice, so that a line costs no more than its length.
 */
export function patternParser({ fields, literals }: Pattern): ParseLine {
  const start = literals[0]!;
  const steps = fields.map(({ text, role, secondsPerUnit }, index): Step => {
    const until = literals[index + 1]!;
    return {
      text,
      role,
      secondsPerUnit,
      until,
      isQuoted: literals[index]!.endsWith('"') && until.startsWith('"'),
    };
  });
  return (line) => (line.startsWith(start) ? walk(steps, line, start.length) : new Misfit(`no ${start}`));
}

function walk(steps: readonly Step[], line: string, start: number): LoggedRequest | Misfit {
  const request: LoggedRequest = { method: '', target: '', status: 0, seconds: 0 };
  let position = start;
  for (const step of steps) {
    const end = endOf(step, line, position);
    if (end === -1) return new Misfit(`nothing after ${step.text}`);
    if (step.role !== 'none') {
      const problem = fill(request, step, line.slice(position, end));
      if (problem !== undefined) return problem;
    }
    position = end + step.until.length;
  }
  return request;
}

function endOf({ until, isQuoted }: Step, line: string, position: number): number {
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

function fill(
  request: LoggedRequest,
  { role, text, secondsPerUnit }: Step,
  value: string,
): Misfit | undefined {
  if (role === 'request') splitRequest(request, value);
  else if (role === 'method' || role === 'target') request[role] = value;
  else if (role === 'status') {
    request.status = readStatus(value);
    if (request.status === 0) return new Misfit(`${text} is no status`);
  } else {
    request.seconds = readSeconds(value, secondsPerUnit);
    if (Number.isNaN(request.seconds)) return new Misfit(`${text} is no duration`);
  }
  return undefined;
}

/** `GET /orders/7 HTTP/1.1`; of what is not like that, the first word passes for the method. */
function splitRequest(request: LoggedRequest, text: string): void {
  const blank = text.indexOf(' ');
  if (blank === -1) {
    request.method = text;
    return;
  }
  const version = text.lastIndexOf(' HTTP/');
  request.method = text.slice(0, blank);
  request.target = text.slice(blank + 1, version > blank ? version : undefined);
}

/** @returns 0 for what is no status of HTTP, such as the 000 of a connection that broke */
export function readStatus(text: string): number {
  const status = text.length === 3 ? Number(text) : 0;
  return status >= 100 && status <= 599 ? status : 0;
}

const DECIMAL = /^\d+(?:\.\d+)?$/;

/** @returns NaN for what is no duration */
export function readSeconds(text: string, secondsPerUnit: number): number {
  return DECIMAL.test(text) ? Number(text) * secondsPerUnit : NaN;
}
