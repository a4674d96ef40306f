/** Where a run of the tests gives databases away: test/jest/databases.ts. */
export const DATABASES_VARIABLE = 'EVENKEEL_TEST_DATABASES';

/** An empty database of its own on the one PostgreSQL of a run. What kills or stops its server starts its own instead. */
export interface TestDatabase {
  /** Of a superuser. */
  url: string;
  /** Safe with connections open. */
  stop(): Promise<void>;
}

export async function newDatabase(): Promise<TestDatabase> {
  const url = await ask('POST');
  const stop = async () => {
    await ask('DELETE', new URL(url).pathname);
  };
  return { url, stop };
}

async function ask(method: 'POST' | 'DELETE', path = '/'): Promise<string> {
  const place = process.env[DATABASES_VARIABLE];
  if (place === undefined) throw new Error('databases for tests are given away by jest: test/jest/setup.ts');
  const response = await fetch(new URL(path, place), { method });
  const text = await response.text();
  if (!response.ok) throw new Error(`no database for the test: ${text}`);
  return text;
}
