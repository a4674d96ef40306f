import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CHECKOUT, PLUGIN } from './places.ts';

const SOURCES = [
  join(PLUGIN, 'src'),
  join(PLUGIN, '.config', 'webpack'),
  join(PLUGIN, 'preview', 'page'),
  join(PLUGIN, 'preview', 'build'),
  join(PLUGIN, 'package-lock.json'),
  join(PLUGIN, 'webpack.config.ts'),
  join(CHECKOUT, 'packages', 'agent-api', 'src'),
  join(CHECKOUT, 'packages', 'signals', 'src'),
];

/** A name for what the panel and its preview are built of: it changes when a file does. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesBelow).filter((path) => !/\.test\.tsx?$/.test(path))) {
    hash
      .update(`${relative(CHECKOUT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) {
    return [path];
  }
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
