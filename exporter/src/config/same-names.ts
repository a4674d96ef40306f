import type { z } from 'zod';

/** Finds the entries of a list whose name another one before them has. */
export function refuseSameNames(noun: string) {
  return (entries: readonly { name: string }[], context: z.RefinementCtx): void => {
    for (const [index, { name }] of entries.entries()) {
      if (entries.findIndex((other) => other.name === name) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `another ${noun} is called ${name} already`,
      });
    }
  };
}
