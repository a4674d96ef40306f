import { createHash } from 'node:crypto';
import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';

/** The same firing of the same rule on the same target has the same key, before and after a crash. */
export function firingKey({ rule, targetKey }: Match, firingStart: number): string {
  return hashOf([rule.name, rule.version, targetKey, firingStart]).slice(0, 32);
}

export function episodeName({ name }: Pick<Rule, 'name'>, key: string): string {
  return `${name}-${key.slice(0, 12)}`;
}

const HEX_DIGITS = 12;

/** A number from 0 to below 1, the same for the same key; for each purpose another one. */
export function drawFrom(key: string, purpose: string): number {
  return Number.parseInt(hashOf([purpose, key]).slice(0, HEX_DIGITS), 16) / 16 ** HEX_DIGITS;
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
