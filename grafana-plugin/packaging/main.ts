import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ZippableFile, zipSync } from 'fflate';
import { type Package, RULES } from './rules.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
/** The same bytes for the same files: a zip without the time of its making. */
const ZIP_TIME = new Date('2020-01-01T12:00:00Z');

/** `npm run package` checks what was built and writes the zip that the catalogue takes; with `--check` it only checks. */
function main(args: readonly string[]): number {
  const files = readPackage();
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'name' | 'version',
    string
  >;
  const broken = RULES.flatMap((rule) => rule.broken(files, { version }).map((what) => `${rule.name}: ${what}`));
  if (broken.length > 0) {
    console.error(broken.map((line) => `error: ${line}`).join('\n'));
    return 1;
  }
  if (!args.includes('--check')) {
    writeZip(files, { name, version });
  }
  return 0;
}

function readPackage(): Package {
  const entries = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(DIST, path).split(sep).join('/'), readFileSync(path)]));
}

/** One directory named by the id, as Grafana unpacks it; beside the zip its checksums, as the catalogue asks for them. */
function writeZip(files: Package, { name, version }: { name: string; version: string }): void {
  const entries = [...files].map(([path, bytes]): [string, ZippableFile] => [
    `${name}/${path}`,
    [bytes, { mtime: ZIP_TIME, level: 9 }],
  ]);
  const zip = zipSync(Object.fromEntries(entries));
  const file = join(ROOT, 'artifacts', `${name}-${version}.zip`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, zip);
  for (const algorithm of ['sha1', 'md5']) {
    writeFileSync(`${file}.${algorithm}`, createHash(algorithm).update(zip).digest('hex'));
  }
  const signed = files.has('MANIFEST.txt') ? 'signed' : 'not signed: see docs/panel.md';
  console.log(`${relative(process.cwd(), file)}  ${(zip.length / 1000).toFixed(0)} kB, ${signed}`);
}

process.exitCode = main(process.argv.slice(2));
