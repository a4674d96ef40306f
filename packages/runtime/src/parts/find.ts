import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { EvenkeelError } from '@evenkeel/toolkit';
import { unpackDebianPackage } from './debian.ts';
import { type Program, type ProgramName, PROGRAMS } from './programs.ts';
import { run } from './run.ts';

export interface FindOptions {
  /** Where downloads are kept; by default `.cache` of the checkout. */
  cache?: string;
  /** Called once before a download starts. */
  onDownload?: (debianPackage: string) => void;
  path?: string;
}

const CHECKOUT = join(import.meta.dirname, '..', '..', '..', '..');

/**
 * Finds a program: on PATH, else in the cache, else as a Debian package unpacked into the cache.
 *
 * @returns its absolute path
 * @throws EvenkeelError PART_NOT_FOUND where there is no apt-get, PART_DOWNLOAD_FAILED where it did not help
 */
export async function findPart(name: ProgramName, options: FindOptions = {}): Promise<string> {
  const { cache = join(CHECKOUT, '.cache'), onDownload, path = process.env.PATH ?? '' } = options;
  const program: Program = PROGRAMS[name];
  const cached = join(cache, 'parts', program.debianPackage, 'usr', 'bin');
  const found = await firstExecutable([...path.split(delimiter), cached], program.names);
  if (found !== undefined) return found;

  if ((await run('apt-get', ['--version'])).code !== 0) throw notFound(name, program);
  onDownload?.(program.debianPackage);
  const unpacked = await unpackDebianPackage(program.debianPackage, cache);
  const fromPackage = await firstExecutable([join(unpacked, 'usr', 'bin')], program.names);
  if (fromPackage === undefined) throw notFound(name, program);
  return fromPackage;
}

async function firstExecutable(
  directories: readonly string[],
  names: readonly string[],
): Promise<string | undefined> {
  for (const directory of directories.filter((entry) => entry !== '')) {
    for (const name of names) {
      const file = join(directory, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function notFound(name: string, { names }: Program): EvenkeelError {
  return new EvenkeelError('PART_NOT_FOUND', `${name} is not on PATH (looked for ${names.join(', ')})`, {
    hint: 'install it and put it on PATH; on Debian and its relatives it is downloaded by itself',
  });
}
