import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const PROGRAM = join(import.meta.dirname, 'program.ts');

/** Runs a script in a process of its own; bounded, since what is tested here is that it ends. */
function run(script: string) {
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout };
}

it('a program ends although a connection does not', () => {
  const script = `
    import { createServer, connect } from 'node:net';
    import { exitWith } from ${JSON.stringify(PROGRAM)};
    await exitWith(async () => {
      const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      connect(server.address().port, '127.0.0.1').end();
      process.stdout.write('done');
      return 3;
    });`;
  expect(run(script)).toEqual({ status: 3, stdout: 'done' });
});
