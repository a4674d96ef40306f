import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { Secret } from '../secret.ts';
import { createPool } from './pool.ts';

function poolAt(port: number) {
  const url = new Secret(`postgres://shop:hunter2@127.0.0.1:${port}/shop`);
  return createPool({ url, application: 'a-test', connections: 1, timeoutMs: 50 });
}

it('gives up a server that accepts and never answers, and says no password', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = poolAt((server.address() as AddressInfo).port);
  const error = await pool.connect().catch((cause: unknown) => cause as Error);
  expect(error).toMatchObject({ message: expect.stringContaining('timeout') });
  expect(JSON.stringify([error, pool.options])).not.toContain('hunter2');
  await pool.end();
  server.close();
});
