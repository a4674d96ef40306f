import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import type { Asked, Frame } from './recording.ts';

const HERE = import.meta.dirname;
const BACKEND = join(HERE, '../../../grafana-plugin/preview/page/prometheus/backend-frames.ts');

/**
 * What Grafana's front end makes of what a backend makes of the answers, panel by panel; it runs in a process of its own. The
 * backend is the preview's: Grafana's own is a program in Go.
 *
 * @param home where the data source is installed
 */
export function framesOf(panels: readonly Asked[], home: string): Frame[][] {
  const { code } = transformSync(readFileSync(BACKEND, 'utf8'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
    module: { type: 'commonjs' },
  });
  writeFileSync(join(home, 'backend-frames.cjs'), code);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(HERE, 'data-source.mjs')], {
    env: { PATH: process.env.PATH, TZ: 'UTC', DATA_SOURCE_HOME: home },
    input: JSON.stringify(panels),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`the data source failed: ${stderr}`, { cause: error });
  return JSON.parse(stdout) as Frame[][];
}
