import { readFile, writeFile } from 'node:fs/promises';

const WORKING_DIRECTORY = '/proc/self/cwd';

/**
 * Makes an unpacked program look for its files in its working directory instead of a fixed one, by replacing the name of
 * that directory in its binary with one of the same length. Debian's Alertmanager does not start without its templates.
 */
export async function relocate(file: string, fixedDirectory: string): Promise<void> {
  const program = await readFile(file, 'latin1');
  // A path with more slashes is the same path; the length of a string in a binary must not change.
  const replacement = WORKING_DIRECTORY.padEnd(fixedDirectory.length, '/');
  await writeFile(file, program.replaceAll(fixedDirectory, replacement), 'latin1');
}
