import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatAddress } from '@evenkeel/toolkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../docs/agent/api.md'), 'utf8');
const API = join(import.meta.dirname, '../src/api');

const NIGHT_SHIFT = `rules:
  - name: night-shift
    description: Requests are slow at night.
    priority: 1
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower }
`;

/** The curl commands of the page, in their order: each as its words. */
const commands = [...DOCS.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, ' ').split('\n'))
  .filter((line) => line.startsWith('curl '))
  .map((line) => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''));

let harness: AgentHarness;

beforeAll(async () => {
  harness = await new AgentHarness().start();
  await harness.cycle();
});

afterAll(() => harness.stop());

/** Does what curl would. */
function perform(words: readonly string[]): Promise<Response> {
  const after = (flag: string) => words.flatMap((word, at) => (word === flag ? [words[at + 1]!] : []));
  const tokens = { $OPERATOR: TOKENS.operator, $ADMIN: TOKENS.admin };
  const headers = after('-H').map((header) => {
    const text = header.replace(/\$[A-Z]+/, (name) => tokens[name as keyof typeof tokens]);
    return text.split(': ', 2) as [string, string];
  });
  const body = after('--data-binary').length > 0 ? NIGHT_SHIFT : after('-d')[0];
  const url = words.at(-1)!.replace('127.0.0.1:9851', formatAddress(harness.agent.addresses()[0]!));
  const method = after('-X')[0] ?? (body === undefined ? 'GET' : 'POST');
  return fetch(url, { method, headers, ...(body !== undefined && { body }) });
}

describe('docs/agent/api.md', () => {
  it.each(commands)('%s %s ... works', async (...words) => {
    const response = await perform(words);
    expect(response.status).toBeLessThan(300);
    await response.body?.cancel();
  });

  it('has them all', () => {
    expect(commands.length).toBeGreaterThan(14);
  });

  it('names every code that the API answers with', () => {
    const files = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const source = files.map((name) => readFileSync(join(API, name), 'utf8')).join('\n');
    const codes = [...source.matchAll(/(?:code: |conflict\(|\], )'([A-Z_]{6,})'/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) expect(DOCS).toContain(code);
  });
});
