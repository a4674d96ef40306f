import { z } from 'zod';
import { LONGEST_NAME } from '../model/limits.ts';
import { TOO_LONG } from './labels.ts';

/** The name of a fact or a signal. */
export const identifier = z
  .string()
  .max(LONGEST_NAME, TOO_LONG)
  .regex(/^[a-z][a-z0-9_]*$/, 'expected a name such as latency or api_latency_p95_seconds');
