import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EvenkeelError } from '@evenkeel/toolkit';
import { whileNoOther } from '../../while-no-other.mjs';
import { run } from './run.ts';

export interface Unpacking {
  /** The first one gives the directory its name; all are unpacked over each other. */
  packages: readonly [string, ...string[]];
  cache: string;
  /** Works on what was unpacked before it is put into place. */
  prepare: (unpacked: string) => Promise<void>;
}

/**
 * Downloads Debian packages and unpacks them under `cache/parts`; it needs no root and installs nothing.
 *
 * The machine's own package lists are tried first; where they are missing or old, fresh ones are fetched into the cache.
 *
 * @returns the directory that holds the packages' `usr/bin` and so on
 * @throws EvenkeelError PART_DOWNLOAD_FAILED
 */
export async function unpackDebianPackages({ packages, cache, prepare }: Unpacking): Promise<string> {
  const name = packages[0];
  const target = join(cache, 'parts', name);
  if (await exists(target)) return target;
  await mkdir(join(cache, 'parts'), { recursive: true });
  const work = await mkdtemp(join(cache, 'parts', `.${name}-`));
  try {
    const unpacked = join(work, 'unpacked');
    for (const archive of await download(packages, work, join(cache, 'apt'))) {
      await must('dpkg-deb', ['--extract', archive, unpacked], name);
    }
    await prepare(unpacked);
    await moveIntoPlace(unpacked, target);
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(
  packages: Unpacking['packages'],
  directory: string,
  aptCache: string,
): Promise<string[]> {
  const fromOwnLists = await run('apt-get', ['download', ...packages], { cwd: directory });
  if (fromOwnLists.code !== 0) {
    const options = await privateAptOptions(aptCache);
    // apt-get does not wait for another one that works on the same lists, such as that of another start.
    await whileNoOther(join(aptCache, 'working'), async () => {
      await must('apt-get', [...options, 'update'], packages[0]);
      await must('apt-get', [...options, 'download', ...packages], packages[0], directory);
    });
  }
  const archives = (await readdir(directory)).filter((file) => file.endsWith('.deb'));
  return archives.map((file) => join(directory, file));
}

/** apt's lists and caches in a directory of ours, so that an ordinary user can refresh them. */
async function privateAptOptions(aptCache: string): Promise<string[]> {
  const lists = join(aptCache, 'lists');
  const archives = join(aptCache, 'archives');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  const settings = {
    'Dir::State::Lists': lists,
    'Dir::Cache': aptCache,
    'Dir::Cache::Archives': archives,
    'APT::Sandbox::User': '',
    'APT::Update::Post-Invoke': '',
    'Acquire::Languages': 'none',
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

// eslint-disable-next-line max-params
async function must(command: string, args: string[], packageName: string, cwd?: string): Promise<void> {
  const { code, output } = await run(command, args, cwd === undefined ? {} : { cwd });
  if (code !== 0) throw downloadFailed(packageName, `${command} said: ${lastLines(output)}`);
}

function downloadFailed(packageName: string, reason: string): EvenkeelError {
  return new EvenkeelError('PART_DOWNLOAD_FAILED', `cannot download ${packageName} from Debian: ${reason}`, {
    hint: `install ${packageName} yourself and put it on PATH`,
  });
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another start was faster; its copy is as good as ours.
    if (!(await exists(to))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' | ');
}
