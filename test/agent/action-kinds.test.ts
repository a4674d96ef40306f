import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../rule-agent/src/model/action-request.ts';
import { FakeCluster, FakeGrafana, FakeShop } from '../../rule-agent/test/fake-protocols.ts';
import { FakeTarget, type TargetFault } from '../../rule-agent/test/fake-target.ts';
import { FakeWarehouse } from '../../rule-agent/test/fake-warehouse.ts';
import { ActionBench, type Example, exampleOf, occasionOf } from './action-bench.ts';

const open: { stop?: () => unknown; close?: () => unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await (one.close ?? one.stop)?.call(one);
});

/** The example of the page, pointed at a target of the test, with little patience. */
function benchFor(
  kind: string,
  url: string,
  { replace = [], secrets = {} }: { replace?: [string, string][]; secrets?: Record<string, string> } = {},
): ActionBench {
  const { systems, action } = exampleOf(kind);
  const moved = replace.reduce((text, [from, to]) => text.replace(from, to), systems);
  const example: Example = { action, systems: moved.replace(/https?:\/\/[\d.]+(:\d+)?/, url) };
  const patient = /^ {4}timeout: .*$/m.test(example.systems);
  const name = /^ {2}([\w-]+):$/m.exec(example.systems)![1]!;
  if (!patient) example.systems = example.systems.replace(`  ${name}:\n`, `  ${name}:\n    timeout: 400ms\n`);
  const bench = new ActionBench(example, secrets);
  open.push(bench);
  return bench;
}

async function started<Target extends FakeTarget>(target: Target): Promise<Target> {
  open.push(target);
  await target.start();
  return target;
}

function serviceAccount(token: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'service-account-'));
  writeFileSync(join(directory, 'token'), token);
  open.push({ close: () => rmSync(directory, { recursive: true }) });
  return directory;
}

interface Stage {
  bench: ActionBench;
  target: FakeTarget;
  /** What stands at the target. */
  standing: () => unknown;
}

const IN_POD = '/var/run/secrets/kubernetes.io/serviceaccount';

const STAGES: Record<string, () => Promise<Stage>> = {
  async http() {
    const target = await started(new FakeShop());
    return { bench: benchFor('http', target.url), target, standing: () => target.state };
  },
  async 'kubernetes-scale'() {
    const target = await started(new FakeCluster());
    const replace: [string, string][] = [[IN_POD, serviceAccount(target.token)]];
    const bench = benchFor('kubernetes-scale', target.url, { replace });
    return { bench, target, standing: () => target.replicas };
  },
  async 'grafana-annotation'() {
    const target = await started(new FakeGrafana());
    const bench = benchFor('grafana-annotation', target.url);
    return { bench, target, standing: () => target.annotations.length };
  },
};

const CHANGES = {
  http: { from: 'warm', to: 'cold', before: 'warm', after: 'cold' },
  'kubernetes-scale': { from: 2, to: 4, before: 2, after: 4 },
  'grafana-annotation': { from: null, to: 'slow-api acted on warehouse', before: 0, after: 1 },
};
const kinds = Object.entries(CHANGES).map(([kind, change]) => ({ kind, ...change }));

describe.each(kinds)('the example of $kind', ({ kind, from, to, before, after }) => {
  it('plans, applies, is verified, and is taken back', async () => {
    const { bench, target, standing } = await STAGES[kind]!();
    const plan = await bench.planned('e-1');
    expect(plan).toMatchObject({ kind, from, to });
    expect(target.changes).toEqual([]);
    expect(await bench.action.verify(plan)).toBe('not_applied');
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect(standing()).toBe(after);
    expect(await bench.action.verify(plan)).toBe('applied');
    expect(await bench.action.plan(bench.request, occasionOf('e-1'))).toMatchObject(
      kind === 'kubernetes-scale' ? { kind: 'change' } : { kind: 'nothing_to_do' },
    );
    expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
    expect(standing()).toBe(before);
    expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
  });

  it.each([
    ['slow', /no answer within 400 ms/],
    ['status_500', /HTTP 500/],
    ['wrong_body', /did not answer with|shows no single value/],
  ] as const)('makes no plan while the target is %s, and changes nothing', async (fault, because) => {
    const { bench, target, standing } = await STAGES[kind]!();
    target.fault = fault;
    const planned = await bench.action.plan(bench.request, occasionOf('e-1'));
    expect(planned).toMatchObject({ kind: 'impossible', because: expect.stringMatching(because) });
    expect([standing(), target.changes]).toEqual([before, []]);
  });

  it.each(['slow', 'status_500', 'wrong_body'] as const)(
    'is not taken for done, nor for not done, when the target is %s between plan and change',
    async (fault: TargetFault) => {
      const { bench, target, standing } = await STAGES[kind]!();
      const plan = await bench.planned('e-1');
      target.fault = fault;
      const result = await bench.action.apply(plan, 'key-1');
      if (result.kind !== 'refused') expect(await bench.action.verify(plan)).toBe('unreachable');
      expect(await bench.action.revert(plan, 'key-1-revert')).toMatchObject({ kind: 'unclear' });
      target.fault = 'none';
      expect([await bench.action.verify(plan), standing()]).toEqual(['not_applied', before]);
    },
  );

  it('that is gone after the change is asked when it is back, and then taken back', async () => {
    const { bench, target, standing } = await STAGES[kind]!();
    const plan = await bench.planned('e-1');
    target.fault = 'gone_after_apply';
    expect(await bench.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
    expect(await bench.action.verify(plan)).toBe('unreachable');
    target.fault = 'none';
    await target.start();
    expect([await bench.action.verify(plan), standing()]).toEqual(['applied', after]);
    expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
    expect(standing()).toBe(before);
  });
});

describe('http', () => {
  it('sends what the configuration spells out, key and token of the leader with it', async () => {
    const { bench, target } = await STAGES.http!();
    await bench.action.apply(await bench.planned('e-1'), 'key-1');
    const [sent] = target.changes;
    expect(sent).toMatchObject({ method: 'POST', path: '/api/caches/warehouse', body: { state: 'cold' } });
    expect(sent!.query.get('reason')).toBe('slow-api');
    expect(sent!.headers).toMatchObject({
      authorization: 'Bearer a-secret',
      'x-episode': 'e-1',
      'idempotency-key': 'key-1',
      'fencing-token': '7',
    });
  });

  it('is repeated under the same key where the target honours it', async () => {
    const { bench, target } = await STAGES.http!();
    const plan = await bench.planned('e-1');
    target.fault = 'status_500';
    await bench.action.apply(plan, 'key-1');
    expect(target.changes.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  });

  it('leaves alone what somebody has changed since', async () => {
    const target = await started(new FakeShop());
    const bench = benchFor('http', target.url);
    const plan = await bench.planned('e-1');
    await bench.action.apply(plan, 'key-1');
    target.state = 'hot';
    expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'outdated' });
    expect(await bench.action.verify(plan)).toBe('neither');
  });

  it('makes no request of a label that would leave its place', async () => {
    const { bench, target } = await STAGES.http!();
    const planned = await bench.action.plan(bench.request, occasionOf('e-1', '..'));
    expect(planned).toMatchObject({ kind: 'impossible', because: expect.stringMatching(/makes no path/) });
    expect(target.seen).toEqual([]);
  });
});

describe('kubernetes-scale', () => {
  it('makes a new plan when the object changed since, and never goes beyond its bounds', async () => {
    const target = await started(new FakeCluster());
    const replace: [string, string][] = [[IN_POD, serviceAccount(target.token)]];
    const bench = benchFor('kubernetes-scale', target.url, { replace });
    const plan = await bench.planned('e-1');
    target.resourceVersion += 1;
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'outdated' });
    target.replicas = 9;
    expect(await bench.planned('e-1')).toMatchObject({ from: 9, to: 10 });
    target.replicas = 12;
    const beyond = await bench.action.plan(bench.request, occasionOf('e-1'));
    expect(beyond).toMatchObject({ kind: 'nothing_to_do', plan: { from: 12, to: 12 } });
  });

  it('reads the token again when Kubernetes has replaced it', async () => {
    const target = await started(new FakeCluster());
    const directory = serviceAccount('an old token');
    const bench = benchFor('kubernetes-scale', target.url, { replace: [[IN_POD, directory]] });
    const planned = await bench.action.plan(bench.request, occasionOf('e-1'));
    expect(planned).toMatchObject({ because: expect.stringMatching(/HTTP 401/) });
    writeFileSync(join(directory, 'token'), target.token);
    expect(await bench.planned('e-1')).toMatchObject({ to: 4 });
  });
});

describe.each([
  { kind: 'knob', from: 2, to: 120 },
  { kind: 'replenish', from: 1.2, to: 1.8 },
])('the example of $kind', ({ kind, from, to }) => {
  it('moves a number and puts it back', async () => {
    const warehouse = new FakeWarehouse();
    open.push(warehouse);
    await warehouse.start();
    warehouse.value = from;
    const url = new URL(warehouse.knobsUrl).origin;
    const bench = benchFor(kind, url, { secrets: { 'secrets/warehouse-token': warehouse.token } });
    const plan = await bench.planned('e-1');
    expect(plan).toMatchObject({ kind, from, to: expect.closeTo(to) });
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect(warehouse.value).toBeCloseTo(to);
    expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
    expect(warehouse.value).toBe(from);
  });

  it('takes back a plan that was journalled before there were other kinds', async () => {
    if (kind !== 'knob') return;
    const warehouse = new FakeWarehouse();
    open.push(warehouse);
    await warehouse.start();
    warehouse.value = 120;
    const url = new URL(warehouse.knobsUrl).origin;
    const bench = benchFor(kind, url, { secrets: { 'secrets/warehouse-token': warehouse.token } });
    const old: Plan = { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };
    expect(await bench.action.verify(old)).toBe('applied');
    expect(await bench.action.revert(old, 'key-2')).toEqual({ kind: 'applied' });
    expect(warehouse.value).toBe(2);
  });
});

describe('the examples of notify', () => {
  it.each([
    {
      system: 'desk',
      body: {
        version: '1',
        severity: 'warning',
        text: 'warehouse is slow',
        episode: 'e-1',
        rule: 'slow-api',
      },
    },
    { system: 'chat', body: { text: '[warning] warehouse is slow' } },
  ])('$system sends its format once, and says that it cannot be taken back', async ({ system, body }) => {
    const target = await started(new FakeTarget(() => ({ status: 202 })));
    const { systems, action } = exampleOf('notify');
    const secrets = { 'secrets/chat-url': `${target.url}/hook`, 'secrets/desk-url': `${target.url}/hook` };
    const bench = new ActionBench({ systems, action: action.replace('desk', system) }, secrets);
    open.push(bench);
    const plan = await bench.planned('e-1');
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect(target.seen).toMatchObject([{ method: 'POST', path: '/hook', body }]);
    expect(await bench.action.verify(plan)).toBe('unknowable');
    expect(await bench.action.revert(plan, 'key-2')).toMatchObject({ kind: 'refused' });
  });

  it('PagerDuty gets an event of version 2, and nobody in Slack is called by a label', async () => {
    const target = await started(new FakeTarget(() => ({ status: 202 })));
    const systems = `systems:
  pages: { notify: { format: pagerduty, url_file: secrets/url, routing_key_file: secrets/key } }
  chat: { notify: { format: slack, url_file: secrets/url } }
`;
    const secrets = { 'secrets/url': target.url, 'secrets/key': 'routing' };
    for (const system of ['pages', 'chat']) {
      const action = `action: { notify: { system: ${system}, text: 'on \${target.job}', severity: critical } }`;
      const bench = new ActionBench({ systems, action }, secrets);
      open.push(bench);
      const planned = await bench.action.plan(bench.request, occasionOf('e-1', '<!channel>'));
      if (planned.kind === 'change') await bench.action.apply(planned.plan, 'key-1');
    }
    expect(target.seen.map(({ body }) => body)).toMatchObject([
      {
        routing_key: 'routing',
        event_action: 'trigger',
        dedup_key: 'e-1',
        payload: { summary: 'on <!channel>', severity: 'critical', source: 'evenkeel-agent' },
      },
      { text: '[critical] on &lt;!channel&gt;' },
    ]);
  });
});
