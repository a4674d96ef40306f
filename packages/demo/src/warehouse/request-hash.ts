import { createHash } from 'node:crypto';

/** Tells whether a request with a known id is the same one again; keys count in their order, which parsing fixes. */
export function hashRequest(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url');
}
