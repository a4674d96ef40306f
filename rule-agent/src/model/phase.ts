/** Where a rule may stand on a target, in one word. */
export const PHASES = [
  'idle',
  'unknown',
  'pending',
  'suppressed',
  'paused',
  'quarantined',
  'firing',
  'awaiting_approval',
  'executing',
  'settling',
  'measuring',
  'reverting',
  'rolled_back',
  'cooldown',
] as const;
export type Phase = (typeof PHASES)[number];
