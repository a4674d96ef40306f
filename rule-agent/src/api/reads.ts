import { HttpProblem } from '@evenkeel/toolkit';
import { type Request, Router } from 'express';
import type { EventKind } from '../model/event.ts';
import {
  DECISION_KINDS,
  reportAlerts,
  reportDecisions,
  reportEpisode,
  reportEpisodes,
  reportFacts,
  reportPauses,
  reportRules,
} from '../reports/index.ts';
import { allowReaders } from './access.ts';
import type { ApiContext } from './context.ts';
import { nextCursor, pageSchema, readInput } from './input.ts';

/** Everything that can be looked at. */
export function readRoutes(context: ApiContext): Router {
  const { journal, clock, history, rules, facts } = context;
  const router = Router();
  const readers = allowReaders(context.tokens, context.guardReads);

  router.get('/rules', readers, (_request, response) => {
    response.json({ items: reportRules(rules(), history(), clock.now()) });
  });
  router.get('/facts', readers, (_request, response) => {
    response.json(reportFacts(facts()));
  });
  router.get('/pauses', readers, (_request, response) => {
    response.json(reportPauses(history(), clock.now()));
  });
  router.get('/decisions', readers, async (request, response) => {
    const { rows, next_cursor } = await findPage(context, request, DECISION_KINDS);
    response.json({ items: reportDecisions(rows), next_cursor });
  });
  router.get('/episodes', readers, async (request, response) => {
    const { rows, next_cursor } = await findPage(context, request, ['decided']);
    response.json({ items: await reportEpisodes(journal, rows), next_cursor });
  });
  router.get('/episodes/:id', readers, async (request, response) => {
    const id = String(request.params.id);
    const episode = await reportEpisode(journal, id);
    if (episode === undefined) throw notFound(`there is no episode ${id}`);
    response.json(episode);
  });
  router.get('/alerts', readers, async (request, response) => {
    const { rows, next_cursor } = await findPage(context, request, ['alert_received']);
    response.json({ items: reportAlerts(rows), next_cursor });
  });
  return router;
}

export function notFound(detail: string): HttpProblem {
  return new HttpProblem({ status: 404, title: 'Not found', code: 'NOT_FOUND', detail });
}

async function findPage({ journal }: ApiContext, request: Request, kinds: readonly EventKind[]) {
  const { limit, cursor, rule } = readInput(pageSchema, request.query);
  const rows = await journal.find({
    kinds,
    limit,
    ...(cursor === undefined ? {} : { beforeSeq: cursor }),
    ...(rule === undefined ? {} : { rule }),
  });
  return { rows, next_cursor: nextCursor(rows, limit) };
}
