import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { AgentHarness, TOKENS } from './agent-harness.ts';

interface Operation {
  operationId: string;
  security?: object[];
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { required: string[] }> };
}

const document = parse(readFileSync(join(import.meta.dirname, '../openapi.yaml'), 'utf8')) as OpenApi;

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, security }]) => ({
    operationId,
    method: method.toUpperCase(),
    path: path.replace(/\{\w+\}/, 'none'),
    guarded: security !== undefined,
  })),
);

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

describe('openapi.yaml', () => {
  it('names every route that the agent has', async () => {
    const routes = readFileSync(join(import.meta.dirname, '../src/api/reads.ts'), 'utf8')
      .concat(readFileSync(join(import.meta.dirname, '../src/api/pauses.ts'), 'utf8'))
      .concat(readFileSync(join(import.meta.dirname, '../src/api/interventions.ts'), 'utf8'))
      .concat(readFileSync(join(import.meta.dirname, '../src/api/alerts.ts'), 'utf8'))
      .matchAll(/router\.(get|post|put|patch|delete)\('([^']+)'/g);
    const served = [...routes].map(
      ([, method, path]) => `${method!.toUpperCase()} /api/v1${path!.replace(/:(id|name)/, 'none')}`,
    );
    expect(served.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(operations)('$operationId is served as described', async ({ method, path, guarded }) => {
    const without = await harness.request(method, path);
    expect(without.status === 401).toBe(guarded);
    expect(without.body).not.toMatchObject({ detail: `there is no ${method} ${path}` });
  });

  it('describes every member of what the agent answers', async () => {
    await harness.request('POST', '/api/v1/alerts', {
      token: TOKENS.ingest,
      body: { version: '4', groupKey: 'g', alerts: [{ status: 'firing', labels: {}, startsAt: 'x' }] },
    });
    await harness.cycles(3);
    const pause = { reason: 'x', duration: '1h' };
    await harness.request('POST', '/api/v1/pauses', { token: TOKENS.operator, body: pause });
    const shapes = {
      Rule: 'rules',
      Decision: 'decisions',
      Episode: 'episodes',
      Alert: 'alerts',
      Pause: 'pauses',
    };
    for (const [schema, name] of Object.entries(shapes)) {
      const [item] = await harness.items(name);
      expect(Object.keys(item).sort()).toEqual([...document.components.schemas[schema]!.required].sort());
    }
  });
});
