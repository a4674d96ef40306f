import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(import.meta.dirname, '../../.cache/systems');

/**
 * Installs what the lock file in a folder beside this file names, once, into the cache. No install script is run: none is
 * needed (bcrypt of Vendure brings its program in the package).
 *
 * @param more what else of the folder npm needs
 * @returns the directory that has the `node_modules`
 * @throws Error with the output of npm
 */
export function install(name: string, more: readonly string[] = []): string {
  const folder = join(import.meta.dirname, name);
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const home = join(CACHE, `${name}-${lock.slice(0, 12)}`);
  if (existsSync(home)) return home;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, `${name}-unfinished-`));
  for (const file of ['package.json', 'package-lock.json', ...more])
    cpSync(join(folder, file), join(unfinished, file), { recursive: true });
  runNpm(unfinished, name);
  renameSync(unfinished, home);
  return home;
}

function runNpm(directory: string, name: string): void {
  const npm = process.env.npm_execpath;
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stdout, stderr } = spawnSync(command, [...before, ...args], {
    cwd: directory,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ci of ${name} failed: ${stdout}${stderr}`);
}
