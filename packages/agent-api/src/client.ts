import { AgentError } from './agent-error.ts';
import type { AnswerTo, ItemOf, Method, PagedPath, PathFor, RequestFor, Schema } from './operations.ts';
import { type AgentAddress, type AgentAnswer, createTransport } from './transport.ts';

/** What came back from an operation that succeeded. */
export interface Reply<Body> {
  status: number;
  body: Body;
  /** To be sent as `ifMatch` with a change of what was read. */
  etag: string | undefined;
}

/** Optional when an operation needs nothing. */
type RequestArguments<Request> = Partial<Request> extends Request ? [request?: Request] : [request: Request];

type Call<M extends Method> = <P extends PathFor<M>>(
  path: P,
  ...request: RequestArguments<RequestFor<M, P>>
) => Promise<Reply<AnswerTo<M, P>>>;

/**
 * The operations of openapi.yaml: the method and the path say what goes in and what comes back. All reject with AgentError: a
 * problem has the agent's code and status, an answer that did not come has none.
 */
export interface AgentClient {
  get: Call<'get'>;
  post: Call<'post'>;
  put: Call<'put'>;
  delete: Call<'delete'>;
  /** The items of a list, newest first, through all its pages; `limit` is the size of a page. */
  items: <P extends PagedPath>(
    path: P,
    ...request: RequestArguments<RequestFor<'get', P>>
  ) => AsyncGenerator<ItemOf<P>, void>;
}

type QueryValue = string | number | boolean;

/** A request without the types of its operation. */
interface PlainRequest {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** Talks to the agent at an address, in Node and in browsers. */
export function createAgentClient(address: AgentAddress): AgentClient {
  const transport = createTransport(address);
  const call =
    (method: Method) =>
    async (path: string, request: PlainRequest = {}): Promise<Reply<unknown>> =>
      toReply(
        await transport({
          method: method.toUpperCase(),
          path: `${fillIn(path, request.path)}${toQuery(request.query)}`,
          headers: toHeaders(request),
          body: toBody(request.body),
          signal: request.signal,
        }),
      );
  const get = call('get');
  return {
    get: get as Call<'get'>,
    post: call('post') as Call<'post'>,
    put: call('put') as Call<'put'>,
    delete: call('delete') as Call<'delete'>,
    async *items<P extends PagedPath>(path: P, ...[request]: RequestArguments<RequestFor<'get', P>>) {
      const { query, ...rest }: PlainRequest = request ?? {};
      let cursor: string | undefined;
      do {
        const reply = await get(path, { ...rest, query: { ...query, cursor } });
        const page = reply.body as { items: ItemOf<P>[]; next_cursor?: string | null };
        yield* page.items;
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
    },
  };
}

/** `/api/v1/rules/{name}` with its name. */
function fillIn(path: string, values: PlainRequest['path'] = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`${path} without a value for ${name}`);
    return encodeURIComponent(value);
  });
}

/** A list is sent as the same name several times. */
function toQuery(values: PlainRequest['query'] = {}): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function toHeaders({ body, ifMatch, idempotencyKey }: PlainRequest): Record<string, string> {
  return {
    accept: 'application/json',
    // The only texts that are sent are rule files.
    ...(body !== undefined && {
      'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json',
    }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function toBody(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

function toReply({ status, headers, text }: AgentAnswer): Reply<unknown> {
  const body = text === '' ? undefined : parse(text, status);
  if (status < 200 || status > 299) throw toError(body, status);
  return { status, body, etag: headers.get('etag') ?? undefined };
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AgentError(
      'AGENT_ANSWER_INVALID',
      `the answer with HTTP ${status} is no JSON: is it the agent's?`,
      {
        status,
        cause,
      },
    );
  }
}

function toError(body: unknown, status: number): AgentError {
  const problem = body as Schema<'Problem'> | null | undefined;
  if (typeof problem?.code !== 'string') {
    return new AgentError('AGENT_ANSWER_INVALID', `HTTP ${status} without a problem: is it the agent's?`, {
      status,
    });
  }
  return new AgentError(problem.code, problem.detail ?? problem.title, { status, problem });
}
