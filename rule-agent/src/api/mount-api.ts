import type { Express } from 'express';
import { clientOf } from './access.ts';
import type { ApiContext } from './context.ts';
import { readContract } from './contract.ts';
import type { Handlers } from './handler.ts';
import { alertHandlers } from './handlers/alerts.ts';
import { explainHandlers } from './handlers/explain.ts';
import { interventionHandlers } from './handlers/interventions.ts';
import { pauseHandlers } from './handlers/pauses.ts';
import { readHandlers } from './handlers/reads.ts';
import { ruleHandlers } from './handlers/rules.ts';
import { seriesHandlers } from './handlers/series.ts';
import { stopHandlers } from './handlers/kill-switch.ts';
import { tokenHandlers } from './handlers/tokens.ts';
import { mountOperations } from './mount.ts';

/** All operations of openapi.yaml. Reading may be open; writing never is. */
export function mountApi(app: Express, context: ApiContext): void {
  const contract = readContract();
  const handlers: Handlers = {
    ...readHandlers(context),
    ...explainHandlers(context),
    ...seriesHandlers(context),
    ...alertHandlers(context),
    ...pauseHandlers(context),
    ...stopHandlers(context),
    ...interventionHandlers(context),
    ...ruleHandlers(context),
    ...tokenHandlers(context),
    getDocument: () => ({ body: contract.document }),
    streamEvents: ({ query, request, response }) =>
      context.feed.stream({ request, response, client: clientOf(request, response), after: query.after }),
  };
  mountOperations(app, contract, { handlers, context });
}
