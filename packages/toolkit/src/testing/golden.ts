import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The text of a golden file, to compare with. With UPDATE_GOLDEN=1 in the environment the file is written anew first:
 * look at the difference before you commit it.
 */
export function goldenText(file: string, text: string): string {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  return readFileSync(file, 'utf8');
}
