import type { ParseLine } from './line-parser.ts';
import { type LoggedRequest, readSeconds, readStatus } from './logged-request.ts';
import { Misfit } from './misfit.ts';

/** Where the figures of a request are in a JSON object; `request.uri` is the key `uri` in the object `request`. */
export interface JsonFields {
  method: string;
  path: string;
  status: string;
  duration: string;
  secondsPerUnit: number;
}

/** A parser for lines that are JSON objects. Numbers may be written as texts, as nginx writes them. */
export function jsonParser({ method, path, status, duration, secondsPerUnit }: JsonFields): ParseLine {
  const keys = [method, path, status, duration].map(keyOf);
  return (line) => {
    const object = parseObject(line);
    if (object === undefined) return new Misfit('no JSON object');
    const [sent, target, code, took] = keys.map((key) => textOf(key, object));
    if (sent === undefined) return new Misfit(`no ${method}`);
    if (target === undefined) return new Misfit(`no ${path}`);
    const request: LoggedRequest = {
      method: sent,
      target,
      status: readStatus(code ?? ''),
      seconds: readSeconds(took ?? '', secondsPerUnit),
    };
    if (request.status === 0) return new Misfit(`${status} is no status`);
    if (Number.isNaN(request.seconds)) return new Misfit(`${duration} is no duration`);
    return request;
  };
}

interface Key {
  whole: string;
  steps: readonly string[];
}

function keyOf(text: string): Key {
  return { whole: text, steps: text.split('.') };
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a value that is a text or a number. */
function textOf({ whole, steps }: Key, object: object): string | undefined {
  const value = own(object, whole) ?? steps.reduce<unknown>(own, object);
  if (typeof value === 'number') return value < 1e-6 ? value.toFixed(12) : String(value);
  return typeof value === 'string' ? value : undefined;
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
