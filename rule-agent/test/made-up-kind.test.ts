import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ActionKind } from '../src/actions/kind.ts';
import { LoopbackServer } from './loopback-server.ts';
import { fan } from './made-up-kind/fan.ts';

/**
 * A kind that no version has: its folder is made-up-kind, and its line is the one marked below. Nothing else of the agent
 * knows of it.
 */
const FOLDER = join(import.meta.dirname, 'made-up-kind');
const KINDS = join(import.meta.dirname, '../src/actions/kinds');
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');

async function kindsThatAreThere(): Promise<ActionKind[]> {
  const names = readdirSync(KINDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const modules = names.map(
    ({ name }) => import(join(KINDS, name, `${name}.ts`)) as Promise<Record<string, ActionKind>>,
  );
  return (await Promise.all(modules)).flatMap((exported) => Object.values(exported));
}

jest.unstable_mockModule('../src/actions/kinds/index.ts', async () => ({
  ACTION_KINDS: [
    ...(await kindsThatAreThere()),
    fan, // the line
  ],
}));

const { ACTION_KINDS } = await import('../src/actions/kinds/index.ts');
const { resourceOf, isMessage } = await import('../src/actions/kind-of.ts');
const { agentVariables, agentConfigJsonSchema, loadAgentConfig } = await import('../src/config/index.ts');
const { readRules, ruleFileJsonSchema } = await import('../src/rules/index.ts');
const { toActionShape } = await import('../src/views/shapes.ts');
const { runTestFile } = await import('../src/rule-tests/index.ts');
const { ActionBench, exampleOf, occasionOf } = await import('./action-bench.ts');
const { actionSchemas, writeActionSchemas } = await import('../action-schemas.ts');
const { renderActionsPage } = await import('../actions-page.ts');

const EXAMPLE = exampleOf('fan', FOLDER);
const START =
  'prometheus: { url: "http://127.0.0.1:1" }\nrules: [rules.yml]\njournal: { path: journal.db }\n';
const directory = mkdtempSync(join(tmpdir(), 'made-up-kind-'));

afterAll(() => rmSync(directory, { recursive: true }));

function mistakesOfSystem(system: string): string {
  const file = join(directory, 'agent.yml');
  writeFileSync(file, `${START}systems: { cellar: ${system} }\n`);
  const loaded = loadAgentConfig(file, {});
  return loaded.ok ? '' : loaded.text;
}

function ruleWith(action: string): string {
  return `rules:
  - name: hot
    description: It is hot.
    priority: 1
    mode: auto
    target: { by: [job] }
    facts: { heat: { signal: heat } }
    when: { fact: heat, operator: greaterThan, value: 1 }
    when_learning: act
    expect: { signal: heat, direction: lower }
    ${action.trimEnd()}
`;
}

function mistakesOfRule(action: string): string {
  const systems = {
    cellar: { kind: 'fan', names: { ceiling: { labels: ['job'] }, cellar: { labels: ['room'] } } },
  };
  const loaded = readRules('rules.yml', ruleWith(action), { systems, env: {} });
  return loaded.ok ? '' : loaded.text;
}

describe('a kind of action that is one folder and one line', () => {
  it('has its part of the configuration: checked, with variables, secrets and a schema', () => {
    expect(mistakesOfSystem('{ fans: { hub: "http://h", names: {} } }')).toBe('');
    expect(mistakesOfSystem('{ fans: { hub: h, names: {} } }')).toContain('expected a URL');
    expect(mistakesOfSystem('{ fans: { hub: "http://h", names: {}, speed: 1 } }')).toContain(
      'unknown key speed',
    );
    expect(mistakesOfSystem('{ timeout: 1s }')).toMatch(/expected one of .*fans/);
    expect(agentVariables().map(({ variable }) => variable)).toContain(
      'EVENKEEL_AGENT_SYSTEMS_<NAME>_FANS_HUB',
    );
    expect(JSON.stringify(agentConfigJsonSchema())).toContain('"fans"');
  });

  it.each([
    [EXAMPLE.action, ''],
    ['action: { fan: { system: cellar, name: ceilng, level: high } }', 'did you mean ceiling?'],
    ['action: { fan: { system: cellar, name: ceiling, level: fast } }', 'expected one of off, low, high'],
    ['action: { fan: { system: cellar, name: cellar, level: high } }', 'unknown label of the target room'],
    ['action: { fan: { system: attic, name: ceiling, level: high } }', 'unknown system attic'],
    ['action: { knob: { system: cellar, name: ceiling, set: 1 } }', 'takes the action fan, not knob'],
  ])('has its part of a rule: %s', (action, mistake) => {
    expect(mistakesOfRule(action)).toContain(mistake);
    if (mistake === '') expect(mistakesOfRule(action)).toBe('');
  });

  it('is in the schema of rules, and can be tested', async () => {
    expect(JSON.stringify(ruleFileJsonSchema())).toContain('"fan"');
    writeFileSync(join(directory, 'rules.yml'), ruleWith(EXAMPLE.action));
    writeFileSync(
      join(directory, 'fan_test.yml'),
      `rules: [rules.yml]
systems: { cellar: fan }
interval: 1m
max_age: 90s
tests:
  - name: it gets hot
    signals: [{ signal: heat, labels: { job: shop }, values: '0 2x3' }]
    expect: [{ at: 1m, rule: hot, target: { job: shop }, decision: act }]
`,
    );
    expect((await runTestFile(join(directory, 'fan_test.yml'))).text).toMatch(/^ok/);
  });

  it('has its part of the API: what is shown, and how openapi.yaml describes it', async () => {
    const request = { kind: 'fan', system: 'cellar', name: 'ceiling', labels: ['job'], level: 'high' };
    const shown = toActionShape(request);
    expect(shown).toEqual({ kind: 'fan', system: 'cellar', name: 'ceiling', level: 'high' });
    expect(actionSchemas(ACTION_KINDS).FanAction).toEqual({
      type: 'object',
      required: ['kind', 'system', 'name', 'level'],
      properties: {
        kind: { const: 'fan' },
        system: { type: 'string' },
        name: { type: 'string' },
        level: { type: 'string', enum: ['off', 'low', 'high'] },
      },
    });
    const openapi = readFileSync(join(import.meta.dirname, '../../packages/agent-api/openapi.yaml'), 'utf8');
    expect(writeActionSchemas(openapi, ACTION_KINDS)).toContain("- $ref: '#/components/schemas/FanAction'");
  });

  it('has a section of the page on actions', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/agent/actions.md'), 'utf8');
    const readmeOf = (kind: string) =>
      kind === 'fan' ? README : readFileSync(join(KINDS, kind, 'README.md'), 'utf8');
    const written = await renderActionsPage(page, ACTION_KINDS, readmeOf);
    expect(written).toMatch(/^\| \[`fan`\]\(#fan\) +\| a fan's setting/m);
    expect(written).toContain('\n## fan\n\n```yaml\nsystems:\n  cellar:');
  });

  it('says what it moves, and that it is no message', () => {
    const request = { kind: 'fan', system: 'cellar', name: 'ceiling', labels: ['job'], level: 'high' };
    expect(resourceOf(request, { job: 'shop', room: 'x' })).toBe('cellar/ceiling{job="shop"}');
    expect(isMessage(request)).toBe(false);
  });
});

describe('its action', () => {
  let level = 'low';
  const hub = new LoopbackServer((request, response) => {
    if (request.method === 'PUT') request.on('data', (data) => (level = String(data)));
    request.on('end', () => response.end(level)).resume();
  });

  afterEach(() => hub.stop());

  it('is planned, applied, verified and reverted on the system that names it', async () => {
    await hub.start();
    const systems = EXAMPLE.systems.replace('http://127.0.0.1:1', hub.url);
    const bench = new ActionBench({ ...EXAMPLE, systems });
    try {
      expect(bench.request).toMatchObject({ kind: 'fan', labels: ['job'], level: 'high' });
      const plan = await bench.planned('e-1');
      expect(plan).toMatchObject({ kind: 'fan', from: 'low', to: 'high' });
      expect(await bench.action.verify(plan)).toBe('not_applied');
      expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
      expect([level, await bench.action.verify(plan)]).toEqual(['high', 'applied']);
      const again = await bench.action.plan(bench.request, occasionOf('e-2'));
      expect(again).toMatchObject({ kind: 'nothing_to_do' });
      expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
      expect(level).toBe('low');
    } finally {
      await bench.close();
    }
  });
});
