import { z } from 'zod';
import type { HttpAnswer } from '../http/client.ts';
import type { ApplyResult } from './action.ts';

/** What an answer to a change means: no answer, or that of a broken server, is no clear one. */
export function readWriteAnswer(system: string, answer: HttpAnswer): ApplyResult {
  if (answer.kind === 'failed') return { kind: 'unclear', because: `${system}: ${answer.because}` };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'applied' };
  if (status === 412) return { kind: 'outdated' };
  if (status >= 300 && status < 500) {
    return { kind: 'refused', because: `${system} answered with HTTP ${status}${detailOf(answer.text)}` };
  }
  return { kind: 'unclear', because: `${system} answered with HTTP ${status}` };
}

export type ReadAnswer =
  { kind: 'read'; json: unknown; headers: Readonly<Record<string, string>> } | Unreadable;
export interface Unreadable {
  kind: 'unreadable';
  because: string;
}

/** What an answer to a question says: JSON, or why there is none. */
export function readJsonAnswer(system: string, answer: HttpAnswer, about: string): ReadAnswer {
  if (answer.kind === 'failed') return unreadable(`${system} cannot be reached: ${answer.because}`);
  if (answer.status < 200 || answer.status >= 300) {
    return unreadable(`${system} answered with HTTP ${answer.status} for ${about}`);
  }
  const json = parseJson(answer.text);
  if (json === undefined) return unreadable(`${system} did not answer with JSON for ${about}`);
  return { kind: 'read', json, headers: answer.headers };
}

export function unreadable(because: string): Unreadable {
  return { kind: 'unreadable', because };
}

const problemSchema = z.union([
  z.object({ detail: z.string().max(300) }).transform(({ detail }) => detail),
  z.object({ message: z.string().max(300) }).transform(({ message }) => message),
]);

function detailOf(text: string): string {
  const problem = problemSchema.safeParse(parseJson(text));
  return problem.success ? `: ${problem.data}` : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
