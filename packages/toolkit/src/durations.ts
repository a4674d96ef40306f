import { z } from 'zod';
import { EvenkeelError } from './errors.ts';

const MS_PER_UNIT = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|d|h|m|s))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|d|h|m|s)/g;

/**
 * Reads a duration as Prometheus writes it: `1h30m`, `15s`, `250ms`, `0s`.
 *
 * @returns milliseconds, at least 0
 * @throws EvenkeelError DURATION_INVALID
 */
export function parseDuration(text: string): number {
  if (!WHOLE.test(text)) {
    throw new EvenkeelError('DURATION_INVALID', `"${text}" is not a duration`, {
      hint: 'write a number with a unit, for example 30s, 5m or 1h30m',
    });
  }
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(PART)) {
    totalMs += Number(amount) * MS_PER_UNIT[unit as keyof typeof MS_PER_UNIT];
  }
  return totalMs;
}

/** Writes milliseconds as the shortest exact duration text, for example `1m30s`; 0 is `0s`. */
export function formatDuration(durationMs: number): string {
  let restMs = Math.round(durationMs);
  let text = '';
  for (const [unit, unitMs] of Object.entries(MS_PER_UNIT)) {
    const amount = Math.floor(restMs / unitMs);
    if (amount > 0) text += `${amount}${unit}`;
    restMs -= amount * unitMs;
  }
  return text === '' ? '0s' : text;
}

/** A config value such as `30s`, as milliseconds. */
export const durationSchema = z
  .string()
  .regex(WHOLE, 'expected a duration such as 30s, 5m or 1h30m')
  .transform(parseDuration);
