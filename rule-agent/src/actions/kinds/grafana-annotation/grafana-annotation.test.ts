import { afterEach, expect, it } from '@jest/globals';
import { ActionBench } from '../../../../test/action-bench.ts';
import { FakeGrafana } from '../../../../test/fake-protocols.ts';
import { describeHttpKind, exampleAt, OpenThings } from '../../../../test/http-kind-suite.ts';

const open = new OpenThings();

afterEach(() => open.closeAll());

async function stage() {
  const target = await open.start(new FakeGrafana());
  const bench = open.add(new ActionBench(exampleAt('grafana-annotation', target.url)));
  return { bench, target, standing: () => target.annotations.length };
}

describeHttpKind({
  kind: 'grafana-annotation',
  stage,
  plan: { from: null, to: 'slow-api acted on warehouse' },
  before: 0,
  after: 1,
  again: 'nothing_to_do',
});

it('an annotation is asked for as journals hold it', async () => {
  const { bench } = await stage();
  expect(bench.request).toEqual({
    kind: 'grafana-annotation',
    system: 'dashboards',
    name: 'annotation',
    text: '${rule} acted on ${target.job}',
    tags: ['warehouse'],
  });
});
