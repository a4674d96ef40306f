import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ActionBench, exampleOf, occasionOf } from '../../../../test/action-bench.ts';
import { type Loss, LossyProxy } from '../../../../test/lossy-proxy.ts';
import { reconciled } from '../../../../test/reconciled.ts';
import { RealAlertmanager } from '../../../../../test/agent/real-alertmanager.ts';

const alertmanager = new RealAlertmanager();
const active = () => alertmanager.active();
let bench: ActionBench;

beforeAll(async () => {
  await alertmanager.start();
  bench = benchAt(alertmanager.url);
}, 120_000);

afterAll(async () => {
  await bench.close();
  await alertmanager.remove();
});

function benchAt(url: string): ActionBench {
  const { systems, action } = exampleOf('alertmanager-silence');
  return new ActionBench({ systems: systems.replace(/http:\/\/[\d.:]+/, url), action });
}

it('a silence is asked for as journals hold it', () => {
  expect(bench.request).toEqual({
    ...{ kind: 'alertmanager-silence', system: 'alerts', name: 'silence' },
    matchers: { job: '${target.job}' },
    durationMs: 30 * 60_000,
  });
});

it('a real Alertmanager is silenced once for an episode, and no longer after a revert', async () => {
  const job = 'ware"house\\1';
  const occasion = occasionOf('e-1', job);
  const planned = await bench.action.plan(bench.request, occasion);
  if (planned.kind !== 'change') throw new Error(planned.because);
  const { plan } = planned;
  expect(await active()).toEqual([]);
  expect(await bench.action.verify(plan)).toBe('not_applied');
  expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
  expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
  expect(await active()).toMatchObject([
    {
      comment: 'Evenkeel episode e-1 of rule slow-api',
      matchers: [{ name: 'job', value: job, isRegex: false, isEqual: true }],
    },
  ]);
  expect(await bench.action.verify(plan)).toBe('applied');
  expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
  expect([await active(), await bench.action.verify(plan)]).toEqual([[], 'not_applied']);
});

it.each<{ loss: Loss; outcome: string; silences: number }>([
  { loss: 'answer', outcome: 'applied', silences: 1 },
  { loss: 'request', outcome: 'failed', silences: 0 },
])('when the $loss of its POST gets lost, it is asked what became of it: $outcome', async (expected) => {
  const { loss, outcome, silences } = expected;
  const episode = `lost-${loss}`;
  const proxy = await LossyProxy.to(Number(new URL(alertmanager.url).port));
  const lossy = benchAt(`http://127.0.0.1:${proxy.port}`);
  try {
    const plan = await lossy.planned(episode);
    proxy.lose('POST /api/v2/silences', loss);
    expect(await lossy.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
    expect(await reconciled(lossy.action, plan, episode)).toMatchObject({ outcome, reconciled: true });
    const own = (await active()).filter(({ comment }) => comment.includes(`${episode} `));
    expect(own).toHaveLength(silences);
    expect(await lossy.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect((await active()).filter(({ comment }) => comment.includes(`${episode} `))).toHaveLength(1);
    expect(await lossy.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
    expect(await active()).toEqual([]);
  } finally {
    await lossy.close();
    await proxy.close();
  }
});
