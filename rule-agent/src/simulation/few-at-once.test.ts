import { expect, it } from '@jest/globals';
import { fewAtOnce } from './few-at-once.ts';

it('no more tasks run side by side than are allowed, and one that fails holds up no other', async () => {
  const run = fewAtOnce(2);
  let [running, most] = [0, 0];
  const order: number[] = [];
  const task = (number: number) =>
    run(async () => {
      most = Math.max(most, (running += 1));
      order.push(number);
      await Promise.resolve();
      running -= 1;
      if (number === 1) throw new Error('one of them');
    });
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map(task));
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
  expect({ most, order }).toEqual({ most: 2, order: [0, 1, 2, 3, 4] });
});
