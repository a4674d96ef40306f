import { DURATION } from '@evenkeel/signals/duration';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Operation, readContract } from '../src/api/contract.ts';
import { ROLES } from '../src/model/roles.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';

const { operations } = readContract();

const withPath = operations.map((operation) => ({
  ...operation,
  path: operation.path.replace(/\{\w+\}/g, 'none'),
  title: `${operation.method.toUpperCase()} ${operation.path}`,
}));

const harness = new AgentHarness();
let expired: string;

beforeAll(async () => {
  harness.readsNeedToken = true;
  await harness.start();
  const body = { name: 'for a minute', role: 'admin', expires_in: '1m' };
  const created = await harness.request('POST', '/api/v1/tokens', { token: TOKENS.admin, body });
  expired = created.body.token;
  expect((await harness.get('/api/v1/tokens', expired)).status).toBe(200);
  await harness.clock.advance(60_000);
});

afterAll(() => harness.stop());

function call({ method, path }: Pick<Operation, 'method' | 'path'>, token?: string) {
  return harness.request(method.toUpperCase(), path, token === undefined ? {} : { token });
}

// Made from openapi.yaml: a route that is added there is asked for here.
describe.each(withPath)('$title', (operation) => {
  it('refuses without a token, with an unknown one and with an expired one', async () => {
    for (const token of [undefined, 'ekt_guessed', expired]) {
      const answer = await call(operation, token);
      expect(answer).toMatchObject({ status: 401, body: { code: 'TOKEN_REQUIRED' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('refuses every role but those that it names, before it looks at what was sent', async () => {
    for (const role of ROLES.filter((one) => !operation.roles.includes(one))) {
      const answer = await call(operation, TOKENS[role]);
      expect(answer).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    }
  });

  it('is served', async () => {
    if (operation.id === 'streamEvents') return;
    const answer = await call(operation, TOKENS[operation.roles[0]!]);
    expect(answer.body).not.toMatchObject({
      detail: `there is no ${operation.method.toUpperCase()} ${operation.path}`,
    });
    expect(answer.status).toBeLessThan(500);
  });
});

describe('openapi.yaml', () => {
  it('has the one grammar of durations', () => {
    expect(readContract().document).toMatchObject({
      components: { schemas: { Duration: { pattern: DURATION.source } } },
    });
  });

  it('lets nobody but an admin change rules, tokens and modes upward', () => {
    const adminsOnly = operations.filter(({ roles }) => roles.join() === 'admin').map(({ id }) => id);
    expect(adminsOnly.sort()).toEqual([
      'createRule',
      'createToken',
      'enableRule',
      'listTokens',
      'removeRule',
      'revokeToken',
      'setRuleMode',
      'updateRule',
    ]);
  });

  it('leaves no writing open, on loopback neither', () => {
    expect(operations.filter(({ mayBeOpen, method }) => mayBeOpen && method !== 'get')).toEqual([]);
  });
});
