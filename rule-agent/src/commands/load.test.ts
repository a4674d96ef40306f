import { describe, expect, it } from '@jest/globals';
import { buildRule } from '../../test/build.ts';
import { createRuleLoader, type RequiredRules } from './load.ts';

const loaded = (names: readonly string[], unmatched: readonly string[]): RequiredRules => ({
  ...{ ok: true, rules: names.map((name) => buildRule({ name })), texts: new Map(), signals: [] },
  unmatched: [...unmatched],
});

describe('rules that are loaded again', () => {
  it('are not taken away by a directory that is not there for a moment', () => {
    const files = [loaded([], ['rules/*.yml']), loaded(['slow-api'], [])];
    const load = createRuleLoader(() => files.shift()!, []);
    expect(load).toThrow('no rule file matches rules/*.yml any more');
    expect(load()).toMatchObject([{ name: 'slow-api' }]);
  });

  it('may come and go in a directory that was empty from the start', () => {
    const files = [loaded([], ['extra/*.yml']), loaded(['slow-api'], []), loaded([], ['extra/*.yml'])];
    const load = createRuleLoader(() => files.shift()!, ['extra/*.yml']);
    expect(load()).toEqual([]);
    expect(load()).toHaveLength(1);
    expect(load).toThrow('extra/*.yml');
  });
});
