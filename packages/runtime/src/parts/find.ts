import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { EvenkeelError } from '@evenkeel/toolkit';
import { unpackDebianPackages } from './debian.ts';
import { type Program, type ProgramName, PROGRAMS } from './programs.ts';
import { relocate } from './relocate.ts';
import { run } from './run.ts';

export interface FindOptions {
  /** Where downloads are kept; by default `.cache` of the checkout. */
  cache?: string;
  /** Called once before a download starts. */
  onDownload?: (debianPackage: string) => void;
  path?: string;
}

const CHECKOUT = join(import.meta.dirname, '..', '..', '..', '..');

export interface FoundProgram {
  path: string;
  /** Where it must be started to find its own files; only of an unpacked one. */
  workingDirectory?: string;
}

/**
 * Finds a program: on PATH, else in the cache, else as a Debian package unpacked into the cache.
 *
 * @throws EvenkeelError PART_NOT_FOUND where there is no apt-get, PART_DOWNLOAD_FAILED where it did not help
 */
export async function findProgram(name: ProgramName, options: FindOptions = {}): Promise<FoundProgram> {
  const { cache = join(CHECKOUT, '.cache'), path = process.env.PATH ?? '' } = options;
  const program: Program = PROGRAMS[name];
  const installed = await findExecutable(path.split(delimiter), program.names);
  if (installed !== undefined) return { path: installed };

  const unpacked = join(cache, 'parts', program.debianPackage);
  const inCache = join(unpacked, 'usr', 'bin');
  if ((await findExecutable([inCache], program.names)) === undefined) await download(name, program, options);
  const found = await findExecutable([inCache], program.names);
  if (found === undefined) throw notFound(name, program);
  const { fixedDirectory } = program;
  return fixedDirectory === undefined
    ? { path: found }
    : { path: found, workingDirectory: join(unpacked, fixedDirectory) };
}

/** The path of a program that needs no files of its own, such as promtool; see findProgram. */
export async function findPart(name: ProgramName, options: FindOptions = {}): Promise<string> {
  return (await findProgram(name, options)).path;
}

async function download(name: ProgramName, program: Program, options: FindOptions): Promise<void> {
  const { cache = join(CHECKOUT, '.cache'), onDownload } = options;
  if ((await run('apt-get', ['--version'])).code !== 0) throw notFound(name, program);
  onDownload?.(program.debianPackage);
  // Tools of the same package come with it: whichever is asked for first, the others need no second download.
  const main = Object.values<Program>(PROGRAMS).find(
    ({ debianPackage }) => debianPackage === program.debianPackage,
  );
  const packages = [program.debianPackage, ...(main?.pagePackages ?? [])] as const;
  await unpackDebianPackages({ packages, cache, prepare: relocateAll });
}

async function relocateAll(unpacked: string): Promise<void> {
  for (const { names, fixedDirectory } of Object.values<Program>(PROGRAMS)) {
    const file = await findExecutable([join(unpacked, 'usr', 'bin')], names);
    if (file !== undefined && fixedDirectory !== undefined) await relocate(file, fixedDirectory);
  }
}

/** The first of these programs in the first of these directories that has one. */
export async function findExecutable(
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
