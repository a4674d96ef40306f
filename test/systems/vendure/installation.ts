import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const CACHE = join(HERE, '../../../.cache/systems');

/**
 * Installs what the lock file beside this file names, once, into the cache.
 *
 * @returns the directory that has the `node_modules`
 * @throws Error with the output of npm
 */
export function installVendure(): string {
  const lock = createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .digest('hex');
  const home = join(CACHE, `vendure-${lock.slice(0, 12)}`);
  if (existsSync(home)) return home;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, 'vendure-unfinished-'));
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(HERE, file), join(unfinished, file));
  runNpm(unfinished);
  renameSync(unfinished, home);
  return home;
}

/** No install script is needed: bcrypt brings its program in the package. */
function runNpm(directory: string): void {
  const npm = process.env.npm_execpath;
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stdout, stderr } = spawnSync(command, [...before, ...args], {
    cwd: directory,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ci of Vendure failed: ${stdout}${stderr}`);
}
