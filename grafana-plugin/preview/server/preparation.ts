import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { currentBuild } from '../build/build.ts';
import { CHECKOUT, PLUGIN } from '../build/places.ts';

const LAST_LINES = 15;
const LATER = constants.priority.PRIORITY_BELOW_NORMAL;

/** Installs and builds what is missing, each in a process of its own; returns the directory of the built preview. */
export async function prepare(): Promise<string> {
  const { directory, isBuilt } = currentBuild();
  if (!isBuilt) {
    await runNode([join(CHECKOUT, 'packages', 'runtime', 'install.mjs'), 'panel-build']);
    await runNode([join(PLUGIN, 'preview', 'build', 'main.ts')]);
  }
  return directory;
}

/** Its children are of our process group: whoever ends that ends them too. */
function runNode(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: CHECKOUT, stdio: ['ignore', 'pipe', 'pipe'] });
  // The system that is shown goes first.
  if (child.pid !== undefined) {
    setPriority(child.pid, LATER);
  }
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(lastLines(output)))));
  });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-LAST_LINES).join('\n');
}
