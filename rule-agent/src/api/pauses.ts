import { randomUUID } from 'node:crypto';
import { durationSchema, HttpProblem, type Identity } from '@evenkeel/toolkit';
import { json, type Response, Router } from 'express';
import { z } from 'zod';
import type { Pause } from '../model/event.ts';
import { toPauseShape } from '../reports/index.ts';
import { allowOperators } from './access.ts';
import type { ApiContext } from './context.ts';
import { readInput } from './input.ts';
import { notFound } from './reads.ts';
import { journalOrProblem } from './journal-problem.ts';

const pauseSchema = z
  .strictObject({
    reason: z.string().min(1).max(500),
    rule: z.string().min(1).max(200).optional(),
    ends_at: z.iso.datetime({ offset: true }).optional(),
    duration: durationSchema.optional(),
  })
  .refine(({ ends_at, duration }) => ends_at === undefined || duration === undefined, {
    message: 'give ends_at or duration, not both',
  });

/** Stopping and going on: without a rule a pause stops everything. */
export function pauseRoutes(context: ApiContext): Router {
  const { recorder, history, clock, rules } = context;
  const router = Router();
  const operators = allowOperators(context.tokens);

  router.post('/pauses', operators, json({ limit: '16kb' }), async (request, response) => {
    const input = readInput(pauseSchema, request.body);
    if (input.rule !== undefined && !rules().some(({ name }) => name === input.rule)) {
      throw unknownRule(input.rule);
    }
    const pause = toPause(input, callerOf(response), clock.now());
    await journalOrProblem(() => recorder.record([{ kind: 'pause_created', at: clock.now(), pause }]));
    response.status(201).location(`/api/v1/pauses/${pause.id}`).json(toPauseShape(pause));
  });

  router.delete('/pauses/:id', operators, async (request, response) => {
    const id = String(request.params.id);
    if (!history().pauses.has(id)) throw notFound(`there is no pause ${id}`);
    const endedBy = callerOf(response);
    await journalOrProblem(() => recorder.record([{ kind: 'pause_ended', at: clock.now(), id, endedBy }]));
    response.status(204).end();
  });
  return router;
}

function toPause(input: z.output<typeof pauseSchema>, createdBy: string, nowMs: number): Pause {
  const { reason, rule, ends_at: endsAt, duration: durationMs } = input;
  const pause: Pause = { id: randomUUID(), reason, createdBy, createdAt: nowMs };
  if (rule !== undefined) pause.rule = rule;
  if (endsAt !== undefined) pause.endsAt = Date.parse(endsAt);
  if (durationMs !== undefined) pause.endsAt = nowMs + durationMs;
  return pause;
}

function callerOf(response: Response): string {
  return (response.locals.identity as Identity).name;
}

function unknownRule(rule: string): HttpProblem {
  return new HttpProblem({
    status: 422,
    title: 'Input not valid',
    code: 'RULE_UNKNOWN',
    detail: `there is no rule ${rule}`,
  });
}
