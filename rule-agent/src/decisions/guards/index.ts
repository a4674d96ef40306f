import { blastRadius } from './blast-radius.ts';
import { breaker } from './breaker.ts';
import { budget } from './budget.ts';
import { conflict } from './conflict.ts';
import { cooldown } from './cooldown.ts';
import { facts } from './facts.ts';
import { flapping } from './flapping.ts';
import type { Guard } from './guard.ts';
import { holdOut } from './hold-out.ts';
import { learning } from './learning.ts';
import { oscillation } from './oscillation.ts';
import { pause } from './pause.ts';
import { repeat } from './repeat.ts';
import { schedule } from './schedule.ts';
import { veto } from './veto.ts';

/** All guards in the order in which they are asked; the first objection is the reported one. */
const LIST = [
  pause,
  veto,
  schedule,
  facts,
  learning,
  repeat,
  cooldown,
  budget,
  blastRadius,
  conflict,
  oscillation,
  breaker,
  flapping,
  holdOut,
] as const;

export const GUARDS: readonly (Guard & { name: GuardName })[] = LIST;
export type GuardName = (typeof LIST)[number]['name'];
export const GUARD_NAMES: readonly GuardName[] = LIST.map(({ name }) => name);

const BY_NAME: ReadonlyMap<string, Guard> = new Map(LIST.map((guard) => [guard.name, guard]));

export function guardNamed(name: string): Guard | undefined {
  return BY_NAME.get(name);
}
