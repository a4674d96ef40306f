import { z } from 'zod';
import type { Endpoint } from '../../http/endpoint.ts';
import type { ApplyResult } from '../action.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from '../http-answers.ts';

/**
 * A number of a target system within bounds, by the contract that knobs and reorder points share: `GET` gives
 * `{ value, min, max }` and an ETag, `PUT { value }` takes If-Match and Idempotency-Key.
 */
export interface BoundedNumber {
  system: string;
  name: string;
  endpoint: Endpoint;
  /** Below the endpoint's URL. */
  path: string;
}

const numberSchema = z.object({ value: z.number(), min: z.number(), max: z.number() });

export type Reading = { kind: 'read'; value: number; min: number; max: number; version: string } | Unreadable;

export async function readNumber({ system, name, endpoint, path }: BoundedNumber): Promise<Reading> {
  const sent = await endpoint.send({ method: 'GET', path, repeatable: true });
  const answer = readJsonAnswer(system, sent, name);
  if (answer.kind === 'unreadable') return answer;
  const number = numberSchema.safeParse(answer.json);
  const version = answer.headers.etag;
  if (!number.success) return unreadable(`${system} did not describe ${name} with value, min and max`);
  if (version === undefined) return unreadable(`${system} gave no ETag for ${name}`);
  return { kind: 'read', ...number.data, version };
}

export interface Write {
  value: number;
  version: string;
  headers: Readonly<Record<string, string>>;
}

/** Sent once: repeated after a lost answer, If-Match would make of a success somebody else's change. */
export async function writeNumber(
  { system, endpoint, path }: BoundedNumber,
  { value, version, headers }: Write,
): Promise<ApplyResult> {
  const answer = await endpoint.send({
    method: 'PUT',
    path,
    headers: { ...headers, 'content-type': 'application/json', 'if-match': version },
    body: JSON.stringify({ value }),
    repeatable: false,
  });
  return readWriteAnswer(system, answer);
}
