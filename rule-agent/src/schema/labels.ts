import { z } from 'zod';
import { LONGEST_NAME, MOST_LABELS } from '../model/limits.ts';

export const TOO_LONG = `longer than ${LONGEST_NAME} characters`;

export const labelName = z
  .string()
  .max(LONGEST_NAME, TOO_LONG)
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected a label name such as job');

export const labels = z
  .record(labelName, z.string())
  .refine((given) => Object.keys(given).length <= MOST_LABELS, `more than ${MOST_LABELS} labels`);
