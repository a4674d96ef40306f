import { budget } from './budget.ts';
import { conflict } from './conflict.ts';
import { cooldown } from './cooldown.ts';
import { facts } from './facts.ts';
import type { Guard } from './guard.ts';
import { pause } from './pause.ts';

/** All guards in the order in which they are asked; the first objection is the reported one. */
export const GUARDS: readonly Guard[] = [pause, facts, cooldown, budget, conflict];
