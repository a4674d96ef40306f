import { HttpProblem, type Identity } from '@evenkeel/toolkit';
import { json, type Response, Router } from 'express';
import { z } from 'zod';
import type { JournalEvent } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import { targetKey } from '../model/target.ts';
import { requestRevert } from '../verification/index.ts';
import { allowOperators } from './access.ts';
import type { ApiContext } from './context.ts';
import { readInput } from './input.ts';
import { journalOrProblem } from './journal-problem.ts';
import { notFound } from './reads.ts';

const reason = z.string().min(1).max(500);
const approvalSchema = z.strictObject({ reason: reason.optional() });
const reasonSchema = z.strictObject({ reason });
const resetSchema = z.strictObject({ reason, target: z.record(z.string(), z.string()) });

/** No episode has more rows than this. */
const ROWS_PER_EPISODE = 50;

/** What a person does about what the agent did, or wants to do. */
export function interventionRoutes(context: ApiContext): Router {
  const { clock, history } = context;
  const router = Router();
  const operators = allowOperators(context.tokens);
  const body = json({ limit: '16kb' });
  const note = (event: JournalEvent) => journalOrProblem(() => context.recorder.record([event]));

  router.post('/episodes/:id/approve', operators, body, async (request, response) => {
    const { reason: because } = readInput(approvalSchema, request.body);
    const { decided, approvedBy } = waiting(context, String(request.params.id));
    const by = callerOf(response);
    if (approvedBy.includes(by)) throw conflict('APPROVED_ALREADY', `${by} has approved it already`);
    await note({
      kind: 'approval_given',
      at: clock.now(),
      episode: decided.episode,
      rule: decided.rule,
      by,
      ...(because !== undefined && { because }),
    });
    const needed = decided.approval?.needed ?? 1;
    response.status(202).json({ episode: decided.episode, approved_by: [...approvedBy, by], needed });
  });

  router.post('/episodes/:id/reject', operators, body, async (request, response) => {
    const { reason: because } = readInput(reasonSchema, request.body);
    const { decided } = waiting(context, String(request.params.id));
    const { rule, ruleVersion, target, episode } = decided;
    await note({
      kind: 'approval_ended',
      at: clock.now(),
      rule,
      ruleVersion,
      target,
      targetKey: decided.targetKey,
      episode,
      reason: 'rejected',
      by: callerOf(response),
      because,
    });
    response.status(204).end();
  });

  router.post('/episodes/:id/revert', operators, body, async (request, response) => {
    const { reason: because } = readInput(reasonSchema, request.body);
    const id = String(request.params.id);
    const { decided, plan } = await applied(context, id);
    if (history().reverts.has(id)) throw conflict('REVERT_PENDING', `${id} is being taken back already`);
    await note(requestRevert({ decided }, { by: callerOf(response), because, at: clock.now(), plan }));
    response.status(202).location(`/api/v1/episodes/${id}`).json({ episode: id, state: 'reverting' });
  });

  router.post('/rules/:name/reset', operators, body, async (request, response) => {
    const { reason: because, target } = readInput(resetSchema, request.body);
    const rule = context.rules().find(({ name }) => name === String(request.params.name));
    if (rule === undefined) throw notFound(`there is no rule ${String(request.params.name)}`);
    await note({
      kind: 'breaker_reset',
      at: clock.now(),
      rule: rule.name,
      ruleVersion: rule.version,
      target,
      targetKey: targetKey(target),
      by: callerOf(response),
      because,
    });
    response.status(204).end();
  });
  return router;
}

function waiting({ history }: ApiContext, id: string): OpenEpisode {
  const episode = history().openEpisodes.get(id);
  if (episode?.state === 'awaiting_approval') return episode;
  throw episode === undefined
    ? notFound(`no episode ${id} is open`)
    : conflict('NOT_WAITING', `${id} does not wait for an approval`);
}

/** The decision and the plan of an action that was applied and has not been taken back. */
async function applied({ journal }: ApiContext, id: string) {
  const rows = await journal.find({ episode: id, limit: ROWS_PER_EPISODE });
  const events = rows.map(({ event }) => event);
  const decided = events.find((event) => event.kind === 'decided');
  if (decided === undefined) throw notFound(`there is no episode ${id}`);
  const finished = events.find((event) => event.kind === 'finished' && event.outcome === 'applied');
  const plan = finished?.kind === 'finished' ? finished.plan : undefined;
  if (plan === undefined) throw conflict('NOT_APPLIED', `${id} has changed nothing that could be taken back`);
  const gone = events.some((event) => event.kind === 'reverted' && event.outcome === 'reverted');
  if (gone) throw conflict('REVERTED_ALREADY', `${id} was taken back already`);
  return { decided, plan };
}

function callerOf(response: Response): string {
  return (response.locals.identity as Identity).name;
}

function conflict(code: string, detail: string): HttpProblem {
  return new HttpProblem({ status: 409, title: 'Not in this state', code, detail });
}
