import type { z } from 'zod';
import { reportIssue } from './issues.ts';

/** Refuses headers that have no name of a header, that somebody else sets, or that could end early. */
export function checkHeaders(
  given: Readonly<Record<string, string>>,
  reserved: Readonly<Record<string, string>>,
  context: z.RefinementCtx,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
      reportIssue(context, [name], 'expected the name of a header');
    const instead = reserved[name.toLowerCase()];
    if (instead !== undefined) reportIssue(context, [name], `${name} is set by the agent; use ${instead}`);
    if (/[^\x20-\x7e]/.test(value))
      reportIssue(context, [name], 'only printable ASCII can stand in a header');
  }
}
