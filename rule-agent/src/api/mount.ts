import { methodNotAllowed } from '@evenkeel/toolkit';
import express, { type Express, type RequestHandler } from 'express';
import { allow, identify, limitRate } from './access.ts';
import type { ApiContext } from './context.ts';
import type { Contract, Operation } from './contract.ts';
import { receiveDelivery } from './delivery/receive-delivery.ts';
import { type Handler, type Handlers, sendReply, toCall } from './handler.ts';
import { createRunOnce, type RunOnce } from './idempotency.ts';
import { orUnreadable } from './problems.ts';
import { explainFindings, validate } from './validation.ts';

interface Served {
  handlers: Handlers;
  context: ApiContext;
}

/** Serves every operation of openapi.yaml: who calls, how often, whether they may, what they sent, what is done. */
export function mountOperations(app: Express, contract: Contract, { handlers, context }: Served): void {
  const entrance = [identify(context.tokens), limitRate(context.rateLimit)];
  const validators = validate(contract, context);
  const runOnce = createRunOnce(context.clock);
  for (const operation of contract.operations) {
    app[operation.method](
      toRoute(operation.path),
      ...entrance,
      allow(operation, context),
      ...parsers(operation),
      ...validators,
      serve(operation, handlers[operation.id] as Handler<typeof operation.id>, runOnce),
    );
  }
  refuseOtherMethods(app, contract);
  app.use('/api/v1', explainFindings);
}

/** After all operations: a path that came this far has none of the method. */
function refuseOtherMethods(app: Express, { operations }: Contract): void {
  for (const [path, those] of Map.groupBy(operations, (operation) => operation.path)) {
    app.all(toRoute(path), methodNotAllowed(those.map(({ method }) => method)));
  }
}

/** `/api/v1/rules/{name}` as express writes it. */
function toRoute(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function parsers({ id, method, bodyLimit: limit }: Operation): RequestHandler[] {
  if (id === 'receiveAlerts') return [receiveDelivery()];
  if (method === 'get' || method === 'delete') return [];
  return [express.json({ limit }), express.text({ type: 'application/yaml', limit })];
}

function serve(operation: Operation, handle: Handler<Operation['id']>, runOnce: RunOnce): RequestHandler {
  return async (request, response) => {
    const call = toCall<Operation['id']>(request, response);
    const work = async () => handle(call);
    try {
      const reply = await (operation.takesIdempotencyKey ? runOnce(operation.id, call, work) : work());
      if (reply !== undefined) sendReply(response, reply);
    } catch (error) {
      throw orUnreadable(error);
    }
  };
}
