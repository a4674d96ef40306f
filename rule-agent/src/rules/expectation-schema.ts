import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { BLOCK_COUNTS } from '../model/switchback.ts';
import { identifier } from '../schema/identifier.ts';
import { reportIssue } from '../schema/issues.ts';

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
    window: durationSchema.optional(),
    minimum: z.number().positive('must be more than 0: the smallest effect worth having').optional(),
    proof: z.strictObject({ switchback: z.literal(BLOCK_COUNTS) }).optional(),
    guards: z.array(guardrailSchema).default([]),
  })
  .superRefine(({ window = 0, minimum, proof }, context) => {
    if (minimum !== undefined && window === 0) {
      reportIssue(context, ['minimum'], 'minimum goes with window: without one no effect is measured');
    }
    if (proof !== undefined && window === 0) {
      reportIssue(
        context,
        ['proof'],
        'proof goes with window: each block of a switchback is measured over it',
      );
    }
  });
