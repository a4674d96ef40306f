import type { operations } from '@evenkeel/agent-api';
import type { Identity } from '@evenkeel/toolkit';
import type { Request, Response } from 'express';
import type { OperationId } from './contract.ts';

type PathOf<Id extends OperationId> = operations[Id]['parameters'] extends { path: infer Path }
  ? Path
  : Record<string, never>;

type QueryOf<Id extends OperationId> = operations[Id]['parameters'] extends { query?: infer Query }
  ? NonNullable<Query>
  : Record<string, never>;

type BodyOf<Id extends OperationId> = operations[Id] extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : operations[Id] extends { requestBody?: { content: infer Content } }
    ? Content[keyof Content] | undefined
    : undefined;

/** A request that has passed all checks of the contract. */
export interface Call<Id extends OperationId> {
  path: PathOf<Id>;
  query: QueryOf<Id>;
  body: BodyOf<Id>;
  /** The name of the token; `anonymous` where reading is open. */
  caller: string;
  request: Request;
  response: Response;
}

export interface Reply {
  /** Default 200, or 204 without a body. */
  status?: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** What an operation does; without a reply it has answered by itself. */
export type Handler<Id extends OperationId> = (
  call: Call<Id>,
) => Promise<Reply | undefined> | Reply | undefined;

/** One for every operation of the contract: a route that is described and not served does not compile. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

export function toCall<Id extends OperationId>(request: Request, response: Response): Call<Id> {
  const identity = response.locals.identity as Identity | undefined;
  return {
    path: request.params as PathOf<Id>,
    query: request.query as QueryOf<Id>,
    body: request.body as BodyOf<Id>,
    caller: identity?.name ?? 'anonymous',
    request,
    response,
  };
}

export function sendReply(response: Response, { status, body, headers = {} }: Reply): void {
  response.set(headers).status(status ?? (body === undefined ? 204 : 200));
  if (body === undefined) response.end();
  else response.json(body);
}
