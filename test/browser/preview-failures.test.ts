import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backgroundPart } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

const CHECKOUT = join(import.meta.dirname, '../..');
/** Of a fresh clone, what the preview is built of. */
const OF_A_CLONE = [
  'packages/runtime/install.mjs',
  'packages/runtime/while-no-other.mjs',
  'packages/agent-api/src',
  'packages/signals/src',
  'grafana-plugin/package-lock.json',
  'grafana-plugin/webpack.config.ts',
  'grafana-plugin/.config',
  'grafana-plugin/src',
  'grafana-plugin/preview',
];

describe('a preview that cannot be', () => {
  let clone: string;

  beforeAll(async () => {
    clone = await mkdtemp(join(tmpdir(), 'evenkeel-clone-'));
    for (const path of OF_A_CLONE) await cp(join(CHECKOUT, path), join(clone, path), { recursive: true });
    await writeFile(join(clone, 'npm.cjs'), `console.error('npm error ENOTFOUND'); process.exitCode = 1;`);
  });
  afterAll(() => rm(clone, { recursive: true, force: true }));

  /** As npm start has it: what it says when it fails. The start itself never does. */
  const failureOn = async (port: number): Promise<unknown> => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const part = backgroundPart({
      name: 'preview',
      command: process.execPath,
      args: [join(clone, 'grafana-plugin/preview/server/main.ts'), `--port=${port}`],
      env: { npm_execpath: join(clone, 'npm.cjs') },
      logFile: join(clone, `${port}.log`),
      readyUrl: `http://127.0.0.1:${port}/-/ready`,
      readyDeadlineMs: 60_000,
      onReady: () => resolve('it was ready'),
      onFailure: resolve,
      report: { down: () => undefined, upAgain: () => undefined },
    });
    await part.start();
    const failure = await promise;
    await part.stop();
    return failure;
  };

  it('says why its packages cannot be installed', async () => {
    expect(await failureOn(await freePort())).toMatchObject({
      code: 'PART_EXITED',
      message: expect.stringMatching(/the preview cannot be built: .*npm error ENOTFOUND\n.*npm ci failed/s),
      hint: expect.stringContaining('its log is'),
    });
  });

  it('says that its port was taken after npm start looked', async () => {
    const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const failure = await failureOn((other.address() as AddressInfo).port);
    expect(failure).toMatchObject({ message: expect.stringContaining('the preview cannot listen') });
    other.close();
  });
});
