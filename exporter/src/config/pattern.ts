import { z } from 'zod';
import { toRegExp } from '../model/pattern.ts';

/** A regular expression, as text. */
export const patternSchema = z.string().refine(isPattern, 'expected a regular expression');

function isPattern(text: string): boolean {
  try {
    toRegExp(text);
    return true;
  } catch {
    return false;
  }
}
