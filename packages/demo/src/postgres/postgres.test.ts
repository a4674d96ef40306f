import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLogger } from '@evenkeel/toolkit';
import pg from 'pg';
import { parsePasswd } from './account.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './server.ts';

const PORT = 18_090;

describe('the embedded PostgreSQL', () => {
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ port: PORT, logger: silentLogger() });
  });

  afterAll(() => postgres.stop());

  async function query(url: string, text: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  it('answers on loopback', async () => {
    expect(await query(postgres.url, 'select current_database() as name')).toEqual([{ name: 'warehouse' }]);
    expect(await query(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  it('does not run as root', async () => {
    const status = await readFile(`/proc/${postgres.pid}/status`, 'utf8');
    const uids = /^Uid:\t(.*)$/m.exec(status)![1]!.split('\t').map(Number);
    expect(uids).not.toContain(0);
  });

  it('refuses a wrong password', async () => {
    const url = new URL(postgres.url);
    url.password = 'guessed';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('names a port that is taken', async () => {
    await expect(startEmbeddedPostgres({ port: PORT, logger: silentLogger() })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      hint: expect.stringContaining('--postgres.port'),
    });
  });

  it('leaves no process behind', async () => {
    await postgres.stop();
    expect(() => process.kill(postgres.pid, 0)).toThrow(/ESRCH/);
  });
});

describe('parsePasswd', () => {
  it('reads accounts and skips what is none', () => {
    expect(
      parsePasswd('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n# note\n'),
    ).toEqual(
      new Map([
        ['root', { uid: 0, gid: 0 }],
        ['nobody', { uid: 65534, gid: 65534 }],
      ]),
    );
  });
});
