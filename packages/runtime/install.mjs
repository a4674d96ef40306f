// Runs before npm start, test, check, generate and bench, on whatever Node the machine has: installs the npm
// dependencies (Node 24 among them) when they are missing or when the lock file has changed. The Grafana panel has a lock
// file of its own and many dependencies: `panel-build` installs those that its build needs, `panel` those of its tests too.
// Nothing may be imported here that is not part of Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_NODE = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const panel = join(root, 'grafana-plugin');

install(root, { what: 'the npm dependencies, Node 24 among them', verify: checkNode });
if (process.argv.includes('panel')) {
  install(panel, { what: "the panel's npm dependencies" });
} else if (process.argv.includes('panel-build')) {
  install(panel, { what: "what the panel's build needs", buildOnly: true });
}

function install(directory, { what, verify = () => undefined, buildOnly = false }) {
  const marker = join(directory, 'node_modules', '.evenkeel-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(directory, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  if (installed === lock || (buildOnly && installed === `${lock} build`)) return;
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node 20 or later is needed, this is ${process.version}.`);
  console.error(`Installing ${what} (once; about a minute) ...`);
  const started = Date.now();
  runNpm(
    ['ci', buildOnly ? '--omit=dev' : '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    directory,
  );
  verify();
  writeFileSync(marker, buildOnly ? `${lock} build` : lock);
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function runNpm(args, cwd) {
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { status, error } = spawnSync(command, [...prefix, ...args], { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`npm ${args[0]} failed${error === undefined ? '' : `: ${error.message}`}.`);
}

/** The npm package `node` gets its program from an install script; where scripts are switched off it is not there. */
function checkNode() {
  const own = join(root, 'node_modules', '.bin', 'node');
  const { stdout } = spawnSync(own, ['--version'], { encoding: 'utf8' });
  const major = Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? process.versions.node.split('.')[0]);
  if (major < NEEDED_NODE) {
    fail(
      'the npm package "node" has no program: allow its install script (npm config get ignore-scripts), or use Node 24.',
    );
  }
}

function fail(reason) {
  console.error(`error: ${reason}`);
  process.exit(1);
}
