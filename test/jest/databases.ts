import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EmbeddedPostgres, makeServerDirectory, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import pg from 'pg';

export interface Databases {
  url: string;
  stop(): Promise<void>;
}

interface DatabasesOptions {
  /** Of the server's directory, for whoever removes it when the run is killed. */
  onDirectory: (directory: string) => void;
}

/** Gives databases away, each empty: POST / answers with the URL of a new one, DELETE /NAME drops it. The server starts with the first. */
export async function serveDatabases({ onDirectory }: DatabasesOptions): Promise<Databases> {
  let postgres: Promise<EmbeddedPostgres> | undefined;
  let count = 0;
  const create = async () => {
    const { url } = await (postgres ??= startPostgres(onDirectory));
    const name = `test_${(count += 1)}`;
    await execute(url, `CREATE DATABASE ${name}`);
    const own = new URL(url);
    own.pathname = name;
    return own.href;
  };
  const drop = async (name: string) => {
    const { url } = await postgres!;
    await execute(url, `DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    return '';
  };
  const server = createServer((request, response) => {
    const work = request.method === 'POST' ? create() : drop(request.url!.slice(1));
    work.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      await (await postgres)?.stop();
    },
  };
}

async function startPostgres(onDirectory: (directory: string) => void): Promise<EmbeddedPostgres> {
  const directory = await makeServerDirectory();
  onDirectory(directory);
  return startEmbeddedPostgres({
    port: await freePort(),
    directory,
    durability: 'relaxed',
    logger: silentLogger(),
  });
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
