import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { currentBuild } from '../build/build.ts';
import { CHECKOUT, PLUGIN } from '../build/places.ts';

const LAST_LINES = 15;

/** Installs and builds what is missing, each in a process of its own; returns the directory of the built preview. */
export async function prepare(): Promise<string> {
  const { directory, isBuilt } = currentBuild();
  if (!isBuilt) {
    await runNode([join(CHECKOUT, 'packages', 'runtime', 'install.mjs'), 'panel']);
    await runNode([join(PLUGIN, 'preview', 'build', 'main.ts')]);
  }
  return directory;
}

/** Its children are of our process group: whoever ends that ends them too. */
async function runNode(args: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(process.execPath, args, { cwd: CHECKOUT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
  }
  child.once('error', reject);
  child.once('close', (code) =>
    code === 0 ? resolve() : reject(new Error(output.trim().split('\n').slice(-LAST_LINES).join('\n')))
  );
  return promise;
}
