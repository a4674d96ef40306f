import { type AddressInfo, createServer } from 'node:net';
import { Secret } from '@evenkeel/toolkit';
import { expect, it } from '@jest/globals';
import { openSqlDatabase } from './database.ts';

it('a database that never responds is cut off when it is closed', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connected = new Promise((resolve) => server.once('connection', resolve));
  const url = new Secret(`postgres://agent@127.0.0.1:${port}/shop`);
  const database = openSqlDatabase({ url, timeoutMs: 600_000, networks: ['127.0.0.0/8'] });
  const cutOff = expect(
    database.inTransaction('BEGIN', () => Promise.resolve({ commit: false, result: undefined })),
  ).rejects.toThrow();
  await connected;
  await database.close();
  await cutOff;
  await new Promise((resolve) => server.close(resolve));
});
