import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@evenkeel/toolkit';
import { afterAll, describe, expect, it } from '@jest/globals';
import { agentVariables, loadAgentConfig } from './index.ts';

/** A configuration as it is written, with every key that there is, of systems those of many kinds; a test says when one is missing here. */
const WRITTEN = {
  prometheus: {
    endpoints: [
      {
        ...{
          name: 'mimir',
          url: 'http://p:9090',
          tenant: 'a',
          headers: { source: 'b' },
          ca: 'pem',
          timeout: '6s',
        },
        basic_auth: { username: 'eve', password: 'pw' },
      },
    ],
    ...{ timeout: '4s', max_age: '40s', look_every: '5s', return_after: '50s' },
  },
  interval: '3s',
  rules: ['rules/*.yml', 'more.yml'],
  journal: {
    postgres: {
      url: 'postgres://u:p@db/x',
      schema: 'agent',
      lease: '20s',
      timeout: '4s',
      advertise: 'http://a:9851',
    },
    retain: '30d',
  },
  systems: {
    knobs: {
      knobs: 'http://k/knobs',
      token: 't',
      ca: 'pem',
      timeout: '1s',
      networks: ['10.0.0.0/8', '127.0.0.1'],
    },
    shop: {
      http: {
        url: 'http://s/api',
        requests: {
          clear: {
            ...request('PUT'),
            honours_idempotency_key: true,
            verify: { path: '/c', query: { q: '1' }, pointer: '/state', equals: 'cold' },
            revert: request('DELETE'),
          },
        },
      },
    },
    stock: {
      sql: {
        url: 'postgres://u:p@db/stock',
        keys: 'stock.keys',
        statements: {
          raise: {
            ...statement(1),
            verify: { query: 'SELECT $1', params: ['${target.site}'], equals: 1.5 },
            revert: statement(0),
          },
        },
      },
    },
    buying: { replenish: { url: 'http://r/knob', min: 1, max: 2.5 } },
    cluster: {
      kubernetes: {
        url: 'https://c',
        service_account: '/sa',
        workloads: { checkout: { resource: 'statefulsets', namespace: 'shop', name: 'c', min: 1, max: 4 } },
      },
    },
    alerts: { alertmanager: { url: 'http://am' } },
    boards: { grafana: { url: 'http://g' } },
    chat: { notify: { format: 'slack', url: 'https://hook', honours_idempotency_key: true } },
    pager: { notify: { format: 'pagerduty', routing_key: 'rk' } },
  },
  budget: { actions: 3, per: '2h' },
  blast_radius: { share: 0.25, targets: 8 },
  flapping: { times: 3, within: '30m' },
  oscillation: { turns: 6, within: '2h', rest: '12h' },
  veto: { rest: '12h' },
  approvals: {
    ...{ expire: '1h', four_eyes: true },
    notify: { system: 'pager', text: 'Ask the shift lead.', severity: 'error' },
  },
  maintenance: [{ start: '0 2 * * sun', lasts: '3h' }],
  time_zone: 'Europe/London',
  kill_switch_file: '/STOP',
  web: { allowed_hosts: ['agent.example', 'localhost'] },
  api: {
    listen: '127.0.0.1:1234',
    reads_need_token: true,
    tokens: [{ name: 'ops', role: 'operator', token: 'o' }],
    rate_limit: { requests: 5, per: '2m' },
  },
};

/** The keys of kinds, and of the access that all have. */
const WRITTEN_KINDS = [...new Set(Object.values(WRITTEN.systems).flatMap((system) => Object.keys(system)))];

/** What cannot stand beside what is above: one file for one agent alone, one Prometheus, and the other way to sign in. */
const ALONE =
  /^(journal\.path|prometheus\.(url|token|tenant|headers|basic_auth|ca)(\..+)?|prometheus\.endpoints\.0\.token)$/;

const ONE_PROMETHEUS = {
  ...{ url: 'http://p:9090', token: 'pt', tenant: 'a', headers: { source: 'b' }, ca: 'pem' },
  ...{ timeout: '4s', max_age: '40s', look_every: '5s', return_after: '50s' },
};

function request(method: string) {
  return {
    method,
    path: '/c',
    query: { q: '1' },
    headers: { accept: 'a' },
    body: { state: [1] },
    status: [200, 204],
  };
}

function statement(min: number) {
  return { run: 'UPDATE t SET f = $1', params: ['${target.site}'], rows: { min, max: 2 } };
}

const directory = mkdtempSync(join(tmpdir(), 'agent-variables-'));

afterAll(() => rmSync(directory, { recursive: true }));

function load(written: unknown, env: Record<string, string>) {
  const file = join(directory, 'agent.yml');
  writeFileSync(file, JSON.stringify(written));
  return loadAgentConfig(file, env, []);
}

/** The configuration with its secrets as values, to be compared. */
function loadWell(written: unknown, env: Record<string, string>): unknown {
  const loaded = load(written, env);
  if (!loaded.ok) throw new Error(loaded.text);
  return revealed(loaded.config);
}

function revealed(value: unknown): unknown {
  if (value instanceof Secret) return { secret: value.reveal() };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revealed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}

interface Found {
  variable: string;
  value: unknown;
}

/** What the configuration above has at a described key, for every name that it has there. */
function valuesAt(key: string, variable: string): Found[] {
  let found: { names: string[]; value: unknown }[] = [{ names: [], value: WRITTEN }];
  for (const step of key.split('.')) {
    found = found.flatMap(({ names, value }) => {
      if (typeof value !== 'object' || value === null) return [];
      const keys = step === '<name>' ? Object.keys(value) : step in value ? [step] : [];
      return keys.map((one) => ({
        names: step === '<name>' ? [...names, one.toUpperCase()] : names,
        value: (value as Record<string, unknown>)[one],
      }));
    });
  }
  return found.map(({ names, value }) => {
    const rest = [...names];
    return { variable: variable.replaceAll('<NAME>', () => rest.shift()!), value };
  });
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const described = agentVariables().filter(({ key }) => !ALONE.test(key));
const all = described.flatMap(({ key, variable, secret }) =>
  valuesAt(key, variable).map((found) => ({ ...found, secret })),
);

describe('the variables of the configuration', () => {
  it('are tried for every key that there is', () => {
    const missing = described.filter(({ key, variable }) => valuesAt(key, variable).length === 0);
    const ofOtherKinds = new RegExp(`^systems\\.<name>\\.(?!(${WRITTEN_KINDS.join('|')})\\b)`);
    expect(missing.map(({ key }) => key).filter((key) => !ofOtherKinds.test(key))).toEqual([]);
    expect(WRITTEN_KINDS.length).toBeGreaterThan(7);
  });

  it('say all that a file can say', () => {
    const env = Object.fromEntries(all.map(({ variable, value }) => [variable, asText(value)]));
    expect(loadWell({}, env)).toEqual(loadWell(WRITTEN, {}));
    const alone = load({ ...WRITTEN, journal: {} }, { EVENKEEL_AGENT_JOURNAL_PATH: '/data/journal.db' });
    expect(alone).toMatchObject({ ok: true, config: { journal: { path: '/data/journal.db' } } });
    const { prometheus: _several, ...rest } = WRITTEN;
    const one = {
      EVENKEEL_AGENT_PROMETHEUS_URL: 'http://p:9090',
      EVENKEEL_AGENT_PROMETHEUS_TOKEN: 'pt',
      EVENKEEL_AGENT_PROMETHEUS_TENANT: 'a',
      EVENKEEL_AGENT_PROMETHEUS_HEADERS_SOURCE: 'b',
      EVENKEEL_AGENT_PROMETHEUS_CA: 'pem',
      EVENKEEL_AGENT_PROMETHEUS_TIMEOUT: '4s',
      EVENKEEL_AGENT_PROMETHEUS_MAX_AGE: '40s',
      EVENKEEL_AGENT_PROMETHEUS_LOOK_EVERY: '5s',
      EVENKEEL_AGENT_PROMETHEUS_RETURN_AFTER: '50s',
    };
    expect(loadWell(rest, one)).toEqual(loadWell({ ...rest, prometheus: ONE_PROMETHEUS }, {}));
  });

  it('name a file instead, where they hold a secret', () => {
    const secrets = all.filter(({ secret }) => secret);
    expect(secrets.length).toBeGreaterThan(7);
    const env = Object.fromEntries(
      secrets.map(({ variable, value }) => {
        writeFileSync(join(directory, variable), `${asText(value)}\n`);
        return [`${variable}_FILE`, variable];
      }),
    );
    expect(loadWell(WRITTEN, env)).toEqual(loadWell(WRITTEN, {}));
    rmSync(join(directory, 'EVENKEEL_AGENT_PROMETHEUS_ENDPOINTS_0_BASIC_AUTH_PASSWORD'));
    expect(load(WRITTEN, env)).toMatchObject({
      ok: false,
      text: expect.stringContaining(
        'EVENKEEL_AGENT_PROMETHEUS_ENDPOINTS_0_BASIC_AUTH_PASSWORD_FILE:1:1: error: cannot read the secret',
      ),
    });
  });

  it('are named when their value is of the wrong kind', () => {
    const fussy = described.filter(({ value }) => /number|true, false|POST|viewer|text$/.test(value));
    const wrong = new Map(
      fussy
        .flatMap(({ key, variable }) => valuesAt(key, variable).slice(0, 1))
        .map((found) => [found.variable, found]),
    );
    const refused = [...wrong.keys()].filter((variable) => {
      const loaded = load(WRITTEN, { [variable]: '\u0000' });
      return !loaded.ok && loaded.text.includes(`${variable}:1:1: error:`);
    });
    // Free text takes anything.
    expect(refused.length).toBeGreaterThan(40);
    const counted = described.filter(({ value }) => /^(whole number|number|true, false)$/.test(value));
    for (const { key, variable } of counted) expect(refused).toContain(valuesAt(key, variable)[0]!.variable);
  });
});
