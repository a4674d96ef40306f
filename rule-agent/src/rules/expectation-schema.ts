import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { BLOCK_COUNTS } from '../model/switchback.ts';
import { MOST_HELD_OUT } from '../model/limits.ts';
import { identifier } from '../schema/identifier.ts';
import { reportIssue } from '../schema/issues.ts';

/** A forecast of a window is made of what is usual at that time of the day: it has to be well within one. */
const MOST_WINDOW_MS = 12 * 3_600_000;

const guardrailSchema = z
  .strictObject({ signal: identifier, above: z.number().optional(), below: z.number().optional() })
  .refine(
    ({ above, below }) => above !== undefined || below !== undefined,
    'expected above or below, or both',
  );

/** What an action should do to which signal, and how that is measured. */
export const expectationSchema = z
  .strictObject({
    signal: identifier,
    direction: z.enum(['lower', 'higher']),
    settle: durationSchema.optional(),
    window: durationSchema.refine((ms) => ms <= MOST_WINDOW_MS, 'must be 12h at most').optional(),
    minimum: z.number().positive('must be more than 0: the smallest effect worth having').optional(),
    // 0 is for a variable that says whether there is to be one.
    proof: z.strictObject({ switchback: z.literal([0, ...BLOCK_COUNTS]) }).optional(),
    hold_out: z
      .number()
      .min(0)
      .max(MOST_HELD_OUT, `must be ${MOST_HELD_OUT} at most: the share of firings that is left alone`)
      .optional(),
    guards: z.array(guardrailSchema).default([]),
  })
  .superRefine(({ window = 0, minimum, proof, hold_out: holdOut = 0 }, context) => {
    if (minimum !== undefined && window === 0) {
      reportIssue(context, ['minimum'], 'minimum goes with window: without one no effect is measured');
    }
    if (asksForProof({ proof }) && window === 0) {
      reportIssue(
        context,
        ['proof'],
        'proof goes with window: each block of a switchback is measured over it',
      );
    }
    if (holdOut > 0 && window === 0) {
      reportIssue(context, ['hold_out'], 'hold_out goes with window: without one nothing is learned by it');
    }
  });

/** Whether an action is to be switched on and off. */
export function asksForProof({ proof }: { proof?: { switchback: number } | undefined }): boolean {
  return proof !== undefined && proof.switchback > 0;
}
