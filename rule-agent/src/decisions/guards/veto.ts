import type { Guard } from './guard.ts';

/** A person's no lasts: what was rejected, or reverted by hand, is not asked for or done again as long as the same trouble lasts. */
export const veto = {
  name: 'veto',
  phase: ({ results }) => (results.rolledBack ? 'rolled_back' : 'suppressed'),
  objection({ track: { veto: no } }, { nowMs }) {
    if (no === undefined || nowMs >= no.untilMs) return undefined;
    const until = new Date(no.untilMs).toISOString();
    return `${no.what} by ${no.by}: ${no.because}; it rests until ${until}, or until the condition has cleared`;
  },
} as const satisfies Guard;
