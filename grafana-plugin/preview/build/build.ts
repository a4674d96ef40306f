import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePage } from './bundle.ts';
import { fingerprint } from './fingerprint.ts';
import { BUILDS, PLUGIN } from './places.ts';

/** The directory of the preview as the sources are now; it is there only when it was built. */
export function currentBuild(): { directory: string; isBuilt: boolean } {
  const directory = join(BUILDS, fingerprint());
  return { directory, isBuilt: existsSync(directory) };
}

/** Builds the panel as Grafana gets it, and the page around it; what was built of the same sources is taken as it is. */
export async function buildPreview(): Promise<string> {
  const { directory, isBuilt } = currentBuild();
  if (isBuilt) {
    return directory;
  }
  mkdirSync(BUILDS, { recursive: true });
  const work = mkdtempSync(join(BUILDS, '.build-'));
  try {
    buildPanel();
    cpSync(join(PLUGIN, 'dist'), join(work, 'plugin'), { recursive: true });
    await bundlePage(work);
    removeOthers(work);
    renameSync(work, directory);
    return directory;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** With Grafana's own build, in a process of its own: it expects to stand in the panel's directory. */
function buildPanel(): void {
  const webpack = join('node_modules', 'webpack-cli', 'bin', 'cli.js');
  const args = [webpack, '-c', './webpack.config.ts', '--env', 'production'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: PLUGIN, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`the panel does not build:\n${stdout}${stderr}`);
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
