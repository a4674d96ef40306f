import { expect, it } from '@jest/globals';
import { betweenTurns } from './turns.ts';

it('lets others have their turn before the first step and after the last', async () => {
  const order: string[] = [];
  const steps = (function* (): Generator<void, string> {
    order.push('first step');
    yield;
    order.push('last step');
    return 'result';
  })();
  setImmediate(() => {
    order.push('before');
    setImmediate(() => order.push('after'));
  });
  const result = await betweenTurns(steps, Infinity);
  order.push('ended');
  expect(result).toBe('result');
  expect(order).toEqual(['before', 'first step', 'last step', 'after', 'ended']);
});
