import {
  HttpProblem,
  type Identity,
  type Logger,
  messageOf,
  type Problem,
  requireRole,
  type TokenBook,
  within,
} from '@evenkeel/toolkit';
import type { Request, Response, Router } from 'express';
import { type FaultName, isFaultName } from '../faults/index.ts';
import type { KnobAnswer, KnobView } from '../knobs/index.ts';
import { parse, parseBody } from './problems.ts';
import { faultBody, idParameter, knobBody } from './request-schemas.ts';
import type { Warehouse } from './warehouse.ts';

export interface AdminOptions {
  tokens: TokenBook;
  logger: Logger;
}

const INJECTION_WAIT_MS = 5_000;
const ACCEPTED = 202;
const LONGEST_KEY = 200;

/** Knobs and faults. Everybody may read them; to change them needs the admin token. */
export function mountAdmin(router: Router, warehouse: Warehouse, { tokens, logger }: AdminOptions): void {
  const { knobStore, faults } = warehouse;
  const admin = requireRole(tokens, ['admin']);
  router.get('/admin/knobs', async (_request, response) => {
    response.json({ knobs: await knobStore.list() });
  });
  router.get('/admin/knobs/:name', async (request, response) => {
    const knob = await knobStore.get(request.params.name);
    if (knob === undefined) throw unknownKnob(request.params.name);
    sendKnob(response, knob);
  });
  router.put('/admin/knobs/:name', admin, async (request, response) => {
    const { name } = request.params as { name: string };
    const { value } = parseBody(knobBody, request);
    const answer = await knobStore.change({
      name,
      value,
      expectedVersion: readExpectedVersion(request),
      changedBy: (response.locals.identity as Identity).name,
      idempotencyKey: readIdempotencyKey(request),
      fencingToken: readFencingToken(request),
    });
    if (answer.kind !== 'changed') throw knobProblem(name, answer);
    logger.info({ knob: name, value: answer.knob.value, version: answer.knob.version }, 'knob set');
    sendKnob(response, answer.knob);
  });
  router.get('/admin/faults', (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.put('/admin/faults/:name', admin, async (request, response) => {
    const name = readFaultName(request);
    const { active } = parseBody(faultBody, request);
    const change = setFault(warehouse, name, active);
    if (await within(INJECTION_WAIT_MS, change)) {
      response.json(faults.view(name));
      return;
    }
    change.catch((error: unknown) => logger.error({ err: error, fault: name }, 'the fault was not changed'));
    response.status(ACCEPTED).json({ ...faults.view(name), requested: active });
  });
}

// Its name keeps the reason: a carrier that is down is not the fault that was asked for.
async function setFault({ faults }: Warehouse, name: FaultName, active: boolean): Promise<void> {
  try {
    await faults.setActive(name, active);
  } catch (error) {
    throw new HttpProblem({
      status: 502,
      title: 'Fault not changed',
      code: 'FAULT_NOT_CHANGED',
      detail: messageOf(error),
    });
  }
}

function sendKnob(response: Response, knob: KnobView): void {
  response.set('ETag', `"${knob.version}"`).json(knob);
}

function readExpectedVersion(request: Request): number {
  const header = request.get('if-match');
  if (header === undefined) {
    throw new HttpProblem({
      status: 428,
      title: 'If-Match required',
      code: 'IF_MATCH_REQUIRED',
      detail: 'send the version you have seen as If-Match: "<version>"',
    });
  }
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  // Another form matches no version: that is what If-Match says of it.
  return version === undefined ? -1 : Number(version);
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || (key.length > 0 && key.length <= LONGEST_KEY)) return key;
  throw new HttpProblem({
    status: 400,
    title: 'Bad request',
    code: 'REQUEST_INVALID',
    detail: `Idempotency-Key: expected 1 to ${LONGEST_KEY} characters`,
  });
}

function readFencingToken(request: Request): number | undefined {
  const token = request.get('fencing-token');
  if (token === undefined) return undefined;
  if (/^\d{1,15}$/.test(token)) return Number(token);
  throw new HttpProblem({
    status: 400,
    title: 'Bad request',
    code: 'REQUEST_INVALID',
    detail: 'Fencing-Token: expected a whole number',
  });
}

function readFaultName(request: Request): FaultName {
  const name = parse(idParameter, request.params.name);
  if (isFaultName(name)) return name;
  throw new HttpProblem({
    status: 404,
    title: 'Not found',
    code: 'FAULT_UNKNOWN',
    detail: `there is no fault ${name}`,
  });
}

function unknownKnob(name: string): HttpProblem {
  return new HttpProblem({
    status: 404,
    title: 'Not found',
    code: 'KNOB_UNKNOWN',
    detail: `there is no knob ${name}`,
  });
}

function knobProblem(name: string, answer: Exclude<KnobAnswer, { kind: 'changed' }>): HttpProblem {
  if (answer.kind === 'unknown') return unknownKnob(name);
  return new HttpProblem(PROBLEMS[answer.kind](answer as never));
}

type AnswerOf<Kind extends KnobAnswer['kind']> = Extract<KnobAnswer, { kind: Kind }>;

const PROBLEMS = {
  out_of_bounds: ({ reason }: AnswerOf<'out_of_bounds'>): Problem => ({
    status: 422,
    title: 'Value out of bounds',
    code: 'KNOB_OUT_OF_BOUNDS',
    detail: reason,
  }),
  version_mismatch: ({ knob }: AnswerOf<'version_mismatch'>): Problem => ({
    status: 412,
    title: 'Version mismatch',
    code: 'KNOB_VERSION_MISMATCH',
    detail: `${knob.name} is at version ${knob.version} with the value ${knob.value}`,
    extra: { version: knob.version, value: knob.value },
  }),
  fenced: ({ highestToken }: AnswerOf<'fenced'>): Problem => ({
    status: 412,
    title: 'Fencing token outdated',
    code: 'FENCING_TOKEN_OUTDATED',
    detail: `another caller has taken over with the token ${highestToken}`,
    extra: { highest_token: highestToken },
  }),
  key_reused: (): Problem => ({
    status: 422,
    title: 'Idempotency-Key used before',
    code: 'IDEMPOTENCY_KEY_REUSED',
    detail: 'the key was used before for another knob or value',
  }),
};
