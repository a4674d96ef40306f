import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadAgentConfig } from '../config/index.ts';
import { loadRules } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'action-rules-'));

afterAll(() => rmSync(directory, { recursive: true }));

const systems = {
  warehouse: { kind: 'knob' },
  shop: { kind: 'http', names: { 'clear-cache': { labels: ['site'] } } },
  chat: { kind: 'notify' },
  alerts: { kind: 'alertmanager-silence' },
} as const;

function mistakesOfRule(action: string): string {
  writeFileSync(
    join(directory, 'a.yml'),
    `rules:
  - name: a
    description: A.
    priority: 1
    target: { by: [job] }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: ${action}
    expect: { signal: api_latency_p95_seconds, direction: lower }
`,
  );
  const loaded = loadRules({ globs: ['a.yml'], directory, systems, env: {} });
  return loaded.ok ? '' : loaded.text;
}

function mistakesOfSystem(system: string): string {
  const file = join(directory, 'agent.yml');
  const start = 'prometheus: { url: "http://p" }\nrules: [r.yml]\njournal: { path: j.db }\n';
  writeFileSync(file, `${start}systems:\n  shop: ${system}\n`);
  const loaded = loadAgentConfig(file, {});
  return loaded.ok ? '' : loaded.text;
}

describe('an action with a mistake is refused at its place', () => {
  it.each([
    ['{ retune-forecast: {} }', /a\.yml:8:32: error: retune-forecast waits for demand planning/],
    ['{}', /a\.yml:8:13: .*expected one of knob, http/],
    ['{ http: { system: warehouse, name: x } }', /a\.yml:8:31: .*warehouse takes the action knob, not http/],
    ['{ http: { system: shop, name: clear-cahce } }', /a\.yml:8:43: .*did you mean clear-cache/],
    [
      '{ http: { system: shop, name: constructor } }',
      /a\.yml:8:43: .*unknown name in system shop: constructor/,
    ],
    ['{ knob: { system: toString, name: x, set: 1 } }', /a\.yml:8:31: .*unknown system toString/],
    ['{ http: { system: shop, name: clear-cache } }', /a\.yml:8:43: .*unknown label of the target site/],
    ['{ notify: { system: chat, text: "${job}" } }', /a\.yml:8:45: .*unknown placeholder \$\{job\}/],
    ['{ notify: { system: chat, text: "${from}" } }', /a\.yml:8:45: .*\$\{from\} has no value here/],
    ['{ notify: { system: chat, text: "${target.x}" } }', /a\.yml:8:45: .*unknown label of the target x/],
    ['{ alertmanager-silence: { system: alerts, matchers: {}, for: 1h } }', /silence everything/],
  ])('%s', (action, message) => expect(mistakesOfRule(action)).toMatch(message));
});

const request = (rest: string) => `{ http: { url: "http://s", requests: { a: { method: POST, ${rest} } } } }`;

describe('a system with a mistake is refused at its place', () => {
  it.each([
    ['{ timeout: 1s }', /agent\.yml:5:9: .*expected one of knobs, http/],
    ['{ knobs: "http://h/${episode}" }', /agent\.yml:5:18: .*placeholders cannot stand in the URL/],
    ['{ knobs: "http://h", networks: [10.0.0.0/64] }', /expected an address or a network/],
    [request('path: "/a/../b"'), /expected a path such as/],
    [request('path: "/a?b=c"'), /expected a path such as/],
    [request('path: /a, headers: { Host: x }'), /host is set by the agent/],
    [request('path: /a, headers: { "a b": x }'), /expected the name of a header/],
    [request('path: /a, body: { "${rule}": 1 }'), /placeholders cannot stand in a key/],
    [request('path: /a, body: { x: "${from}" }'), /\$\{from\} can only stand in a revert/],
    [request('path: /a, revert: { method: PUT, path: /a, body: "${from}" }'), /needs a verify that reads it/],
    [request('path: /a, revert: { method: POST, path: /a }'), /repeated until its answer is clear/],
    [
      '{ sql: { url: "postgres://h/d", statements: { a: { run: "SELECT $1", params: [] } } } }',
      /the statement reads 1 parameters, 0 are given/,
    ],
    [
      '{ sql: { url: "postgres://h/d", statements: { a: { run: "SELECT ${target.x}" } } } }',
      /placeholders cannot stand here/,
    ],
    ['{ notify: { format: slack } }', /slack needs url_file/],
  ])('%s', (system, message) => expect(mistakesOfSystem(system)).toMatch(message));
});
