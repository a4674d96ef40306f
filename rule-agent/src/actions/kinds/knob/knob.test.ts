import { expect, it } from '@jest/globals';
import { describeNumberKind, numberStage } from '../../../../test/number-kind-suite.ts';
import type { Plan } from '../../../model/action-request.ts';

describeNumberKind({
  kind: 'knob',
  request: {
    ...{ kind: 'knob', system: 'warehouse', name: 'catalogue_cache_ttl_seconds' },
    change: { set: 120 },
    stronger: 'higher',
  },
  from: 2,
  to: 120,
});

it('a plan that was journalled before there were other kinds is verified and reverted', async () => {
  const { bench, warehouse } = await numberStage('knob', 120);
  const old: Plan = { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };
  expect(await bench.action.verify(old)).toBe('applied');
  expect(await bench.action.revert(old, 'key-2')).toEqual({ kind: 'applied' });
  expect(warehouse.value).toBe(2);
});
