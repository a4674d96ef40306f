import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Answer } from './answer.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file below a directory; undefined for what is not there, is of no kind that a page loads, or lies outside. */
export async function readBelow(directory: string, path: string): Promise<Answer | undefined> {
  const type = TYPES[extname(path)];
  const parts = path.split('/').filter((part) => part !== '');
  if (type === undefined || parts.some((part) => part === '..' || part.includes('\\') || part.includes('\0'))) {
    return undefined;
  }
  const body = await readFile(join(directory, ...parts)).catch(() => undefined);
  return body === undefined ? undefined : { status: 200, type, body };
}
