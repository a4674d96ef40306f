import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CLIENT_ERROR_CODES } from '@evenkeel/agent-api';

const REPOSITORY = join(import.meta.dirname, '..', '..');

interface Catalogue {
  /** The folder of the package. */
  folder: string;
  codes: Readonly<Record<string, string>>;
}

const catalogues: Catalogue[] = await Promise.all(
  globSync(['packages/*/src/error-codes.ts', '*/src/error-codes.ts'], { cwd: REPOSITORY })
    .sort()
    .map(async (file) => {
      const { ERROR_CODES: codes } = (await import(join(REPOSITORY, file))) as {
        ERROR_CODES: Catalogue['codes'];
      };
      return { folder: dirname(dirname(file)), codes };
    }),
);
const all = new Set([
  ...catalogues.flatMap(({ codes }) => Object.keys(codes)),
  ...Object.keys(CLIENT_ERROR_CODES),
]);

/** The text of all sources of a package, without its tests. */
function sourcesOf(folder: string): string {
  return globSync(`${folder}/src/**/*.ts`, { cwd: REPOSITORY })
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('error-codes.ts'))
    .map((file) => readFileSync(join(REPOSITORY, file), 'utf8'))
    .join('\n');
}

/** The places where a code is given to an error, a problem or a finding. */
const GIVEN = /(?:(?:EvenkeelError|conflict)\(\s*|\bcode: |\], )'([A-Z]+(?:_[A-Z]+)+)'/g;

const folders = [...catalogues.map(({ folder }) => folder), 'packages/signals'];
const sources = new Map(folders.map((folder) => [folder, sourcesOf(folder)]));
/** The database's own file and a library's codes. */
const NOT_OURS = ['PG_VERSION'];

describe('error codes', () => {
  it('are each explained in docs/errors.md, which explains no others, in the order of the alphabet', () => {
    const text = readFileSync(join(REPOSITORY, 'docs', 'errors.md'), 'utf8');
    const explained = [...text.matchAll(/^## (\w+)\n\n\S/gm)].map(([, code]) => code!);
    expect(explained).toEqual([...all].sort());
  });

  it.each(catalogues)('of $folder are in order, and each is given somewhere', ({ codes }) => {
    const names = Object.keys(codes);
    expect(names).toEqual([...names].sort());
    const everything = [...sources.values()].join('\n');
    expect(names.filter((code) => !everything.includes(`'${code}'`))).toEqual([]);
  });

  it.each([...sources])('that %s gives are its own, or those of what it is built on', (folder, text) => {
    const manifest = JSON.parse(readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    const below = Object.keys(manifest.dependencies ?? {});
    const known = catalogues
      .filter(
        (one) =>
          one.folder === folder || below.some((name) => one.folder.endsWith(name.replace('@evenkeel', ''))),
      )
      .flatMap(({ codes }) => Object.keys(codes));
    const given = [...new Set([...text.matchAll(GIVEN)].map(([, code]) => code!))];
    expect(given.filter((code) => ![...known, ...NOT_OURS].includes(code))).toEqual([]);
  });
});
