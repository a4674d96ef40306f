import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ActionBench, occasionOf } from '../../../../test/action-bench.ts';
import { FakeCluster } from '../../../../test/fake-protocols.ts';
import { describeHttpKind, exampleAt, OpenThings } from '../../../../test/http-kind-suite.ts';

const IN_POD = '/var/run/secrets/kubernetes.io/serviceaccount';
const open = new OpenThings();

afterEach(() => open.closeAll());

/** The directory that Kubernetes gives a pod. */
function serviceAccount(token: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'service-account-'));
  writeFileSync(join(directory, 'token'), token);
  open.onClose(() => rmSync(directory, { recursive: true }));
  return directory;
}

async function stage({ directory }: { directory?: string } = {}) {
  const target = await open.start(new FakeCluster());
  const example = exampleAt('kubernetes-scale', target.url, [
    [IN_POD, directory ?? serviceAccount(target.token)],
  ]);
  const bench = open.add(new ActionBench(example));
  return { bench, target, standing: () => target.replicas };
}

describeHttpKind({
  kind: 'kubernetes-scale',
  stage: () => stage(),
  plan: { from: 2, to: 4 },
  before: 2,
  after: 4,
  again: 'change',
});

describe('kubernetes-scale', () => {
  it('asks for what journals hold', async () => {
    const { bench } = await stage();
    expect(bench.request).toEqual({
      kind: 'kubernetes-scale',
      system: 'cluster',
      name: 'checkout',
      change: { add: 2 },
    });
  });

  it('makes a new plan when the object changed since, and never goes beyond its bounds', async () => {
    const { bench, target } = await stage();
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
    const directory = serviceAccount('an old token');
    const { bench, target } = await stage({ directory });
    const planned = await bench.action.plan(bench.request, occasionOf('e-1'));
    expect(planned).toMatchObject({ because: expect.stringMatching(/HTTP 401/) });
    writeFileSync(join(directory, 'token'), target.token);
    expect(await bench.planned('e-1')).toMatchObject({ to: 4 });
  });
});
