// Runs before npm start, test, check, generate and bench, on whatever Node the machine has: installs the npm
// dependencies (Node 24 among them) when they are missing or when a lock file has changed. The Grafana panel has a lock
// file of its own and many dependencies. The argument says what is wanted:
//   none         the system and its tests
//   panel        the panel and its tests too
//   panel-build  only what the panel's build needs
//   start        what a running system needs; what the panel's build needs is installed by the preview, where one is wanted
// Nothing may be imported here that is not part of Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whileNoOther } from './while-no-other.mjs';

const NEEDED_NODE = 24;
const WITHOUT_DEV = ' without dev';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const system = { directory: root, what: 'the npm dependencies, Node 24 among them', verify: checkNode };
const panel = { directory: join(root, 'grafana-plugin'), what: "the panel's npm dependencies" };

switch (process.argv[2]) {
  case 'start':
    await install(system, { withDev: false });
    break;
  case 'panel-build':
    await install(panel, { withDev: false });
    break;
  case 'panel':
    await install(system, { withDev: true });
    await install(panel, { withDev: true });
    break;
  default:
    await install(system, { withDev: true });
}

async function install({ directory, what, verify = () => undefined }, { withDev: isDevWanted }) {
  // Whoever had what tests and checks need keeps it.
  const withDev = isDevWanted || hasDev(directory);
  if (present(directory, withDev)) return;
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node 20 or later is needed, this is ${process.version}.`);
  await whileNoOther(join(directory, '.evenkeel-installing'), () => {
    if (present(directory, withDev)) return;
    console.error(`Installing ${what} (once; about a minute) ...`);
    const started = Date.now();
    // What is there may be in use by a running system: then packages are added, not all of them installed anew.
    const command = withDev && present(directory, false) ? ['install', '--no-save'] : ['ci'];
    runNpm(
      [...command, `--${withDev ? 'include' : 'omit'}=dev`, '--no-audit', '--no-fund', '--loglevel=error'],
      directory,
    );
    verify();
    writeFileSync(marker(directory), withDev ? lockHash(directory) : `${lockHash(directory)}${WITHOUT_DEV}`);
    console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  });
}

/** Whether the last installation was with what only tests and checks need, be it of another lock file. */
function hasDev(directory) {
  return existsSync(marker(directory)) && !readFileSync(marker(directory), 'utf8').endsWith(WITHOUT_DEV);
}

/** Whether all that the lock file names is installed, or all but what only tests and checks need. */
function present(directory, withDev) {
  const installed = existsSync(marker(directory)) ? readFileSync(marker(directory), 'utf8') : '';
  const lock = lockHash(directory);
  return installed === lock || (!withDev && installed === `${lock}${WITHOUT_DEV}`);
}

function marker(directory) {
  return join(directory, 'node_modules', '.evenkeel-installed');
}

function lockHash(directory) {
  return createHash('sha256')
    .update(readFileSync(join(directory, 'package-lock.json')))
    .digest('hex');
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
