import { durationSchema } from '@evenkeel/toolkit';

export const positiveDuration = durationSchema.refine((ms) => ms > 0, 'must be longer than 0s');
