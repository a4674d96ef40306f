import { expect, it } from '@jest/globals';
import { compareReplays } from './compare.ts';

const firing = (startMs: number, endMs?: number, targetKey = 'a') => ({
  ...{ rule: 'slow-api', target: {}, targetKey, startMs, decided: [], suppressed: [] },
  ...(endMs !== undefined && { endMs }),
});

it('two versions have the firings in common that overlap on the same target', () => {
  const [same, onlyNow, elsewhere, goesOn] = [firing(0, 10), firing(20, 30), firing(40, 50, 'b'), firing(60)];
  const [earlier, here, later] = [firing(5, 15), firing(40, 50), firing(70, 80)];
  const now = [same, onlyNow, elsewhere, goesOn];
  expect(compareReplays(now, [earlier, here, later])).toEqual({
    added: [onlyNow, elsewhere],
    removed: [here],
    kept: 2,
  });
});
