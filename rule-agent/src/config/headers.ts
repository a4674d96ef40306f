import type { z } from 'zod';
import { complain } from './complaints.ts';

/** Refuses headers that have no name of a header, that somebody else sets, or that could end early. */
export function checkHeaders(
  given: Readonly<Record<string, string>>,
  reserved: Readonly<Record<string, string>>,
  context: z.RefinementCtx,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
      complain(context, [name], 'expected the name of a header');
    const instead = reserved[name.toLowerCase()];
    if (instead !== undefined) complain(context, [name], `${name} is set by the agent; use ${instead}`);
    if (/[^\x20-\x7e]/.test(value)) complain(context, [name], 'only printable ASCII can stand in a header');
  }
}
