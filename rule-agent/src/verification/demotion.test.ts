import { describe, expect, it } from '@jest/globals';
import { buildRule, T0 } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import { demotion } from './demotion.ts';

const rule = buildRule();

function historyOf(treated: readonly number[], ruleVersion = rule.version) {
  const history = emptyHistory();
  const controls = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0, -0.2, 0.5].map((errorPerSpread) => ({
    ...{ atMs: T0, targetKey: 'x', errorPerSpread },
  }));
  history.outcomes.set(rule.name, { ruleVersion, treated, controls });
  return history;
}

const HARM = [-1.4, -2.1, -0.7, -1.9, -2.6, -1.2, -1.7];

describe('a rule that is proven to do harm', () => {
  it('only watches from then on, and the journal says why', () => {
    expect(demotion(rule, historyOf(HARM), T0)).toEqual([
      {
        ...{ kind: 'rule_mode_set', at: T0, rule: 'slow-api', mode: 'shadow', by: 'evidence' },
        because: expect.stringMatching(/^its 7 episodes went worse than the 10 firings .*e-value \d+/),
      },
    ]);
  });

  it.each([
    ['it helps', rule, historyOf(HARM.map((value) => -value))],
    ['it is not proven', rule, historyOf(HARM.slice(0, 2))],
    ['that was another version of it', rule, historyOf(HARM, 'bbbbbbbbbbbb')],
    ['it only watches already', buildRule({ mode: 'shadow' }), historyOf(HARM)],
    ['nothing is known', rule, emptyHistory()],
  ])('is left as it is where %s', (_what, of, history) => {
    expect(demotion(of, history, T0)).toEqual([]);
  });
});
