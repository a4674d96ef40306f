import type { components, paths } from './generated.ts';

/** The shapes of openapi.yaml by their names: `Schema<'Episode'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The paths that have an operation of this method which answers with JSON, or with nothing. */
export type PathFor<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends Described
    ? [AnswerOf<paths[P][M]>] extends [never]
      ? never
      : P
    : never;
}[keyof paths];

/** What goes into a request, as far as the operation takes it. */
export type RequestFor<M extends Method, P extends PathFor<M>> = PathPart<paths[P][M]> &
  QueryPart<paths[P][M]> &
  HeaderPart<paths[P][M]> &
  BodyPart<paths[P][M]> & {
    /** Ends the exchange early. */
    signal?: AbortSignal;
  };

/** What the operation answers with when it succeeds; undefined where there is no body. */
export type AnswerTo<M extends Method, P extends PathFor<M>> = AnswerOf<paths[P][M]>;

/** The lists that come in pages. */
export type PagedPath = {
  [P in PathFor<'get'>]: AnswerTo<'get', P> extends { next_cursor: unknown } ? P : never;
}[PathFor<'get'>];

export type ItemOf<P extends PagedPath> =
  AnswerTo<'get', P> extends { items: readonly (infer Item)[] } ? Item : never;

interface Described {
  parameters: unknown;
  responses: object;
}

type Parameters<Operation> = Operation extends { parameters: infer All } ? All : never;

type PathPart<Operation> =
  Parameters<Operation> extends { path: infer Values extends object } ? { path: Values } : unknown;

type QueryPart<Operation> =
  Parameters<Operation> extends { query?: infer Values }
    ? [NonNullable<Values>] extends [never]
      ? unknown
      : { query?: NonNullable<Values> }
    : unknown;

type Headers<Operation> =
  Parameters<Operation> extends { header?: infer Values } ? NonNullable<Values> : never;

type HeaderPart<Operation> = [Headers<Operation>] extends [never]
  ? unknown
  : (Headers<Operation> extends { 'If-Match': infer Tag }
      ? {
          /** The ETag of what was read and is to be changed, or `*` for whatever stands there. */
          ifMatch: Tag;
        }
      : unknown) &
      (Headers<Operation> extends Record<'Idempotency-Key', unknown> | { 'Idempotency-Key'?: string }
        ? {
            /** Chosen by the caller; a second request with it is not done again. */
            idempotencyKey?: string;
          }
        : unknown);

type BodyPart<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : unknown;

type AnswerOf<Operation> = Operation extends { responses: infer Responses }
  ? {
      [Status in keyof Responses & (200 | 201 | 202 | 204)]: Responses[Status] extends {
        content: infer Content;
      }
        ? Content extends { 'application/json': infer Body }
          ? Body
          : never
        : undefined;
    }[keyof Responses & (200 | 201 | 202 | 204)]
  : never;
