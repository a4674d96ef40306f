import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { whileNoOther } from '../../../packages/runtime/while-no-other.mjs';
import { bundlePage } from './bundle.ts';
import { fingerprint } from './fingerprint.ts';
import { BUILDS, PLUGIN } from './places.ts';

/** The directory of the preview as the sources are now; it is there only when it was built. */
export function currentBuild(): { directory: string; isBuilt: boolean } {
  const directory = join(BUILDS, fingerprint());
  return { directory, isBuilt: existsSync(directory) };
}

/**
 * Builds the panel as Grafana gets it, and the page around it; what was built of the same sources is taken as it is. One at a time:
 * all build the panel in the same place.
 */
export async function buildPreview(): Promise<string> {
  const { directory, isBuilt } = currentBuild();
  if (!isBuilt) {
    mkdirSync(BUILDS, { recursive: true });
    await whileNoOther(`${BUILDS}.building`, () => buildInto(directory));
  }
  return directory;
}

async function buildInto(directory: string): Promise<void> {
  // Whoever was waited for has built it.
  if (existsSync(directory)) {
    return;
  }
  const work = mkdtempSync(join(BUILDS, '.build-'));
  try {
    await bothOf(buildPanel(), bundlePage(join(PLUGIN, 'preview', 'page', 'main.tsx'), work));
    cpSync(join(PLUGIN, 'dist'), join(work, 'plugin'), { recursive: true });
    removeOthers(work);
    renameSync(work, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** With Grafana's own build, in a process of its own: it expects to stand in the panel's directory. */
async function buildPanel(): Promise<void> {
  const webpack = join('node_modules', 'webpack-cli', 'bin', 'cli.js');
  const args = [webpack, '-c', './webpack.config.ts', '--env', 'production'];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: PLUGIN });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    throw new Error(`the panel does not build:\n${stdout}${stderr}`, { cause });
  }
}

/** Side by side, each in processes of its own; neither writes any more when one of them has failed. */
async function bothOf(...works: Array<Promise<void>>): Promise<void> {
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') {
      throw result.reason;
    }
  }
}

function removeOthers(work: string): void {
  for (const name of readdirSync(BUILDS)) {
    const path = join(BUILDS, name);
    if (path !== work) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
