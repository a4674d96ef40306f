import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterEach, describe, expect, it } from '@jest/globals';

const page = readFileSync(join(import.meta.dirname, '../../docs/exporter/middleware.md'), 'utf8');
const sections = [...page.matchAll(/## (.+)\n[^]*?```ts\n([^]*?)```/g)].map(
  ([, name, code]) => [name!, code!] as const,
);
const [, expected] = /```text\n([^]*?)```/.exec(page)!;

describe('docs/exporter/middleware.md', () => {
  let service: ChildProcess | undefined;

  afterEach(async () => {
    if (service?.kill('SIGKILL') === true) await once(service, 'exit');
    service = undefined;
  });

  /** Runs an example as it stands. @returns its origin, once it listens */
  async function run(code: string): Promise<string> {
    const port = await freePort();
    service = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
      cwd: join(import.meta.dirname, '../../exporter'),
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    service.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const origin = `http://127.0.0.1:${port}`;
    while (service.exitCode === null) {
      if (await isListening(origin)) return origin;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(errors);
  }

  it.each(sections)('has an example for %s that gives what it says', async (_name, code) => {
    const origin = await run(code);
    expect((await fetch(`${origin}/products/22423`)).status).toBe(200);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    for (const line of expected!.trim().split('\n')) expect(metrics.split('\n')).toContain(line);
  });

  it('has an example for each', () => {
    expect(sections.map(([name]) => name)).toEqual(['Express', 'Fastify', 'node:http']);
  });
});

/** Asks for what is not counted as a route of the example. */
async function isListening(origin: string): Promise<boolean> {
  return fetch(`${origin}/metrics`).then(
    async (response) => (await response.text()) !== '',
    () => false,
  );
}
