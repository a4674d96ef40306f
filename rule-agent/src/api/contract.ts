import { createRequire } from 'node:module';
import type { operations } from '@evenkeel/agent-api';
import { ROLES, type Role } from '../model/roles.ts';

export type OperationId = keyof operations;

const load = createRequire(import.meta.url);

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** What openapi.yaml says of one route. */
export interface Operation {
  id: OperationId;
  method: (typeof METHODS)[number];
  /** As OpenAPI writes it: `/api/v1/rules/{name}`. */
  path: string;
  roles: readonly Role[];
  /** Whether it may be open while the agent listens on loopback only. */
  mayBeOpen: boolean;
  /** Whether it changes something, so that only the leader may do it. */
  writes: boolean;
  bodyLimit: string;
  takesIdempotencyKey: boolean;
}

interface Described {
  operationId: OperationId;
  'x-roles'?: Role[];
  'x-body-limit'?: string;
  'x-writes'?: boolean;
  security?: object[];
  parameters?: { $ref?: string }[];
}

export interface Contract {
  /** The document itself. */
  document: object;
  operations: readonly Operation[];
}

/** A rule is a few kB, and everything else that is sent is less. */
const DEFAULT_BODY_LIMIT = '64kb';

/**
 * Reads openapi.yaml, the source of the routes, of who may use them, and of the checks of what is sent: as
 * `npm run generate` made it JSON, for reading the YAML is half of what it takes to start an agent.
 */
export function readContract(): Contract {
  const document = load('@evenkeel/agent-api/openapi.json') as {
    paths: Record<string, Partial<Record<(typeof METHODS)[number], Described>>>;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const described = methods[method];
      return described === undefined ? [] : [toOperation({ ...described, method, path })];
    }),
  );
  return { document, operations };
}

function toOperation(described: Described & Pick<Operation, 'method' | 'path'>): Operation {
  const { method, path, operationId: id, 'x-roles': roles = [], parameters = [] } = described;
  // An operation that forgot to say who may use it is for nobody.
  if (roles.length === 0 || !roles.every((role) => ROLES.includes(role))) {
    throw new Error(`openapi.yaml does not say who may ${method} ${path}`);
  }
  return {
    ...{ id, method, path, roles },
    mayBeOpen: described.security === undefined,
    writes: described['x-writes'] ?? method !== 'get',
    bodyLimit: described['x-body-limit'] ?? DEFAULT_BODY_LIMIT,
    takesIdempotencyKey: parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey') === true),
  };
}
