import { afterEach, describe, expect, it } from '@jest/globals';
import { ActionBench, occasionOf } from '../../../../test/action-bench.ts';
import { FakeShop } from '../../../../test/fake-protocols.ts';
import { describeHttpKind, exampleAt, OpenThings } from '../../../../test/http-kind-suite.ts';

const open = new OpenThings();

afterEach(() => open.closeAll());

async function stage() {
  const target = await open.start(new FakeShop());
  const bench = open.add(new ActionBench(exampleAt('http', target.url)));
  return { bench, target, standing: () => target.state };
}

describeHttpKind({
  kind: 'http',
  stage,
  plan: { from: 'warm', to: 'cold' },
  before: 'warm',
  after: 'cold',
  again: 'nothing_to_do',
});

describe('http', () => {
  it('asks for what journals hold, with the labels that the configuration reads', async () => {
    const { bench } = await stage();
    expect(bench.request).toEqual({ kind: 'http', system: 'shop', name: 'cool-down', labels: ['job'] });
  });

  it('sends what the configuration spells out, key and token of the leader with it', async () => {
    const { bench, target } = await stage();
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
    const { bench, target } = await stage();
    const plan = await bench.planned('e-1');
    target.fault = 'status_500';
    await bench.action.apply(plan, 'key-1');
    expect(target.changes.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  });

  it('leaves alone what somebody has changed since', async () => {
    const { bench, target } = await stage();
    const plan = await bench.planned('e-1');
    await bench.action.apply(plan, 'key-1');
    target.state = 'hot';
    expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'outdated' });
    expect(await bench.action.verify(plan)).toBe('neither');
  });

  it('makes no request of a label that would leave its path', async () => {
    const { bench, target } = await stage();
    const planned = await bench.action.plan(bench.request, occasionOf('e-1', '..'));
    expect(planned).toMatchObject({ kind: 'impossible', because: expect.stringMatching(/makes no path/) });
    expect(target.seen).toEqual([]);
  });

  it('has no request that the configuration no longer spells out', async () => {
    const { bench } = await stage();
    const plan = { ...(await bench.planned('e-1')), name: 'constructor' };
    const gone = { kind: 'refused', because: 'shop has no request constructor in the config' };
    expect(await bench.action.apply(plan, 'key-1')).toEqual(gone);
    expect(await bench.action.revert(plan, 'key-1')).toEqual(gone);
    expect(await bench.action.verify(plan)).toBe('unknowable');
  });
});
