import { z } from 'zod';

/** A regular expression, as text. */
export const patternSchema = z.string().refine(isPattern, 'expected a regular expression');

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
