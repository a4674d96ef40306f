import { HttpProblem } from '@evenkeel/toolkit';
import type { Request } from 'express';
import type { Rule } from '../model/rule.ts';

/** Changes with all that can be changed of a rule: its content and its mode. */
export function etagOf({ version, mode }: Rule): string {
  return `"${version}-${mode}"`;
}

/** Lets a change through only when the client has seen what it changes. @throws HttpProblem 412 */
export function requireMatch(request: Request, rule: Rule): void {
  const etag = etagOf(rule);
  const wanted = (request.get('if-match') ?? '').split(',').map((text) => text.trim());
  if (wanted.includes('*') || wanted.includes(etag)) return;
  throw new HttpProblem({
    status: 412,
    title: 'Changed since',
    code: 'PRECONDITION_FAILED',
    detail: `${rule.name} now has the ETag ${etag}: read it again, then decide`,
  });
}
