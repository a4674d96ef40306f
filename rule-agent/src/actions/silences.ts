import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import type { Labels } from '../model/target.ts';
import type { ApplyResult } from './action.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from './http-answers.ts';

const AUTHOR = 'evenkeel-agent';

const silencesSchema = z.array(
  z.object({
    id: z.string().min(1),
    comment: z.string(),
    createdBy: z.string(),
    endsAt: z.string(),
    status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
    matchers: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        isRegex: z.boolean(),
        isEqual: z.boolean().optional(),
      }),
    ),
  }),
);

export type Silence = z.output<typeof silencesSchema>[number];
export type Silences = { kind: 'read'; silences: Silence[] } | Unreadable;

/** The silences that are in force, or will be, and that have the first of these matchers; without any, all. */
export async function readSilences(
  endpoint: Endpoint,
  system: string,
  matchers: Labels = {},
): Promise<Silences> {
  const [first] = Object.entries(matchers);
  const query = first === undefined ? {} : { filter: `${first[0]}=${quote(first[1])}` };
  const sent = await endpoint.send({ method: 'GET', path: '/api/v2/silences', query, repeatable: true });
  const answer = readJsonAnswer(system, sent, 'its silences');
  if (answer.kind === 'unreadable') return answer;
  const silences = silencesSchema.safeParse(answer.json);
  if (!silences.success) return unreadable(`${system} did not answer with silences`);
  return { kind: 'read', silences: silences.data.filter(({ status }) => status.state !== 'expired') };
}

/** What a silence is for: an action of its own, or to keep alerts quiet while another action is under way. */
export type SilencePurpose = 'action' | 'while_acting';

const MARKS: Readonly<Record<SilencePurpose, string>> = {
  action: 'Evenkeel episode',
  while_acting: 'While Evenkeel acts: episode',
};

/** The episode that a silence is of, if it is ours and for this. */
export function episodeOf({ comment, createdBy }: Silence, purpose: SilencePurpose): string | undefined {
  const mark = `${MARKS[purpose]} `;
  if (createdBy !== AUTHOR || !comment.startsWith(mark)) return undefined;
  return comment.slice(mark.length).split(' ', 1)[0];
}

export interface NewSilence {
  purpose: SilencePurpose;
  matchers: Labels;
  startMs: number;
  endMs: number;
  episode: string;
  rule: string;
}

/** Sent once: the second of two equal requests would be a second silence. */
export async function createSilence(
  endpoint: Endpoint,
  system: string,
  silence: NewSilence,
): Promise<ApplyResult> {
  const { purpose, matchers, startMs, endMs, episode, rule } = silence;
  const answer = await endpoint.send({
    method: 'POST',
    path: '/api/v2/silences',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: Object.entries(matchers).map(([name, value]) => ({
        ...{ name, value },
        isRegex: false,
        isEqual: true,
      })),
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(endMs).toISOString(),
      createdBy: AUTHOR,
      comment: `${MARKS[purpose]} ${episode} of rule ${rule}`,
    }),
    repeatable: false,
  });
  return readWriteAnswer(system, answer);
}

export async function expireSilence(
  endpoint: Endpoint,
  system: string,
  { id }: Silence,
): Promise<ApplyResult> {
  const path = `/api/v2/silence/${encodeURIComponent(id)}`;
  return readWriteAnswer(system, await endpoint.send({ method: 'DELETE', path, repeatable: true }));
}

/** A string as Alertmanager's matchers have it. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
