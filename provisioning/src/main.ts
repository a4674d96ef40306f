import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { generateFiles, type GeneratedFile } from './generated.ts';
import { loadSources } from './sources.ts';

const PROVISIONING = join(import.meta.dirname, '..');

/** `npm run generate` writes what follows from signals.yml and watchers.yml; with --check it only says what is out of date. */
function main(argv: readonly string[]): number {
  const result = loadSources(PROVISIONING);
  if (!result.ok) {
    process.stderr.write(`${result.text}\n`);
    return 2;
  }
  const stale = generateFiles(result.sources).filter(isStale);
  if (argv.includes('--check')) return reportStale(stale);
  stale.forEach(write);
  process.stdout.write(stale.length === 0 ? 'everything generated is up to date\n' : '');
  return 0;
}

function isStale({ path, text }: GeneratedFile): boolean {
  try {
    return readFileSync(join(PROVISIONING, path), 'utf8') !== text;
  } catch {
    return true;
  }
}

function write({ path, text }: GeneratedFile): void {
  const file = join(PROVISIONING, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`wrote ${relative(process.cwd(), file)}\n`);
}

function reportStale(stale: readonly GeneratedFile[]): number {
  for (const { path } of stale) process.stderr.write(`provisioning/${path} is out of date\n`);
  if (stale.length > 0) process.stderr.write('run npm run generate and commit what it writes\n');
  return stale.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
