import type { Guard } from './guard.ts';

/** Missing, stale or failed facts: what is not known is no reason to act. */
export const facts = {
  name: 'facts',
  objection({ match }) {
    return match.outcome === 'unknown' ? match.because : undefined;
  },
} as const satisfies Guard;
