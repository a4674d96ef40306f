import { describe, expect, it } from '@jest/globals';
import { buildRule, T0 } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import { demotion } from './demotion.ts';

const rule = buildRule();
const LEFT_ALONE = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0, -0.2, 0.5];

interface Errors {
  treated: readonly number[];
  controls?: readonly number[];
  minimumPerSpread?: number;
  ruleVersion?: string;
}

function historyOf({ treated, controls = LEFT_ALONE, minimumPerSpread = 0.5, ...rest }: Errors) {
  const history = emptyHistory();
  history.outcomes.set(rule.name, {
    ruleVersion: rest.ruleVersion ?? rule.version,
    treated: treated.map((errorPerSpread) => ({ errorPerSpread, minimumPerSpread })),
    controls: controls.map((errorPerSpread) => ({ atMs: T0, targetKey: 'x', errorPerSpread })),
  });
  return history;
}

const HARM = [-1.4, -2.1, -0.7, -1.9, -2.6, -1.2, -1.7];
const ALIKE = {
  treated: LEFT_ALONE.map((value) => value / 5),
  controls: LEFT_ALONE.map((value) => value / 5),
};

describe('the evidence sets a rule to watch only, and says why', () => {
  it('when it is proven to do harm', () => {
    expect(demotion(rule, historyOf({ treated: HARM }), T0)).toEqual([
      {
        ...{ kind: 'rule_mode_set', at: T0, rule: 'slow-api', mode: 'shadow', by: 'evidence' },
        because: expect.stringMatching(/^its 7 episodes went worse than the 10 firings .*e-value \d+/),
      },
    ]);
  });

  it('when whatever effect it has is too small to count', () => {
    expect(demotion(rule, historyOf(ALIKE), T0)).toMatchObject([
      { mode: 'shadow', because: expect.stringMatching(/^its 10 episodes went as the 10 firings .* did/) },
    ]);
  });
});

it.each([
  ['it helps', rule, historyOf({ treated: HARM.map((value) => -value) })],
  ['it is not proven', rule, historyOf({ treated: HARM.slice(0, 2) })],
  [
    'a smaller effect would count than can be ruled out',
    rule,
    historyOf({ ...ALIKE, minimumPerSpread: 0.01 }),
  ],
  ['that was another version of it', rule, historyOf({ treated: HARM, ruleVersion: 'bbbbbbbbbbbb' })],
  ['it only watches already', buildRule({ mode: 'shadow' }), historyOf({ treated: HARM })],
  ['nothing is known', rule, emptyHistory()],
])('a rule is left as it is where %s', (_what, of, history) => {
  expect(demotion(of, history, T0)).toEqual([]);
});
