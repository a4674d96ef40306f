import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';

const SOURCE = new URL('openapi.yaml', import.meta.url);
const TARGET = join(import.meta.dirname, 'src/api/generated.ts');
const HEAD = '// Made from openapi.yaml by `npm run generate`; not to be edited.\n\n';

/** Writes the types of the API; with --check it only says whether they are out of date. */
async function main(argv: readonly string[]): Promise<number> {
  const text = HEAD + astToString(await openapiTypescript(SOURCE, { alphabetize: false }));
  if (readExisting() === text) return 0;
  const file = relative(process.cwd(), TARGET);
  if (argv.includes('--check')) {
    process.stderr.write(`${file} is out of date\nrun npm run generate and commit what it writes\n`);
    return 1;
  }
  writeFileSync(TARGET, text);
  process.stdout.write(`wrote ${file}\n`);
  return 0;
}

function readExisting(): string {
  try {
    return readFileSync(TARGET, 'utf8');
  } catch {
    return '';
  }
}

process.exitCode = await main(process.argv.slice(2));
