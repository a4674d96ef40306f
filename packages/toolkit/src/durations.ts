import { DURATION, durationToMs } from '@evenkeel/signals/duration';
import { z } from 'zod';
import { EvenkeelError } from './errors.ts';

const EXPECTED = 'expected a duration such as 30s, 5m or 1h30m';

/** The units that durations are written with; weeks and years are read too. */
const SHOWN_UNIT_MS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

/**
 * Reads a duration as Prometheus writes it: `1h30m`, `15s`, `250ms`, `1w`.
 *
 * @returns milliseconds, at least 0
 * @throws EvenkeelError DURATION_INVALID
 */
export function parseDuration(text: string): number {
  const ms = durationToMs(text);
  if (ms !== undefined) return ms;
  throw new EvenkeelError('DURATION_INVALID', `"${text}" is not a duration`, {
    hint: 'write whole numbers with units, the largest first, for example 30s, 5m or 1h30m',
  });
}

/** Writes milliseconds as the shortest exact duration text, for example `1m30s`; 0 is `0s`. */
export function formatDuration(durationMs: number): string {
  let restMs = Math.round(durationMs);
  let text = '';
  for (const [unit, unitMs] of Object.entries(SHOWN_UNIT_MS)) {
    const amount = Math.floor(restMs / unitMs);
    if (amount > 0) text += `${amount}${unit}`;
    restMs -= amount * unitMs;
  }
  return text === '' ? '0s' : text;
}

/** A config value such as `30s`, as milliseconds. */
export const durationSchema = z
  .string()
  .regex(DURATION, EXPECTED)
  .transform((text, context) => {
    const ms = durationToMs(text);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: `${EXPECTED}, no longer than 292 years` });
    return z.NEVER;
  });
