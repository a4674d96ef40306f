import { describe, expect, it } from '@jest/globals';
import { buildRule, T0 } from '../../test/build.ts';
import type { RuleOutcomes } from '../model/history.ts';
import { reportEvidence } from './evidence.ts';

const rule = buildRule();
const CONTROLS = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0, -0.2, 0.5];
const HELP = [1.4, 2.1, 0.7, 1.9, 2.6, 1.2, 1.7];

function evidenceOf(treated: readonly number[], controls = CONTROLS, ruleVersion = rule.version) {
  const outcomes: RuleOutcomes = {
    ruleVersion,
    treated: treated.map((errorPerSpread) => ({
      errorPerSpread,
      minimumPerSpread: 0.5,
      spreadInSigmas: 0.5,
    })),
    controls: controls.map((errorPerSpread) => ({ atMs: T0, targetKey: 'x', errorPerSpread })),
  };
  return reportEvidence(rule, { outcomes: new Map([[rule.name, outcomes]]) });
}

describe('the evidence of a rule', () => {
  it('is its effect in standard deviations of the signal, and what that proves, in plain words', () => {
    const found = evidenceOf(HELP);
    expect(found).toMatchObject({ conclusion: 'helps', treated: 7, controls: 10 });
    expect(found.effect!.estimate).toBeCloseTo(0.784, 3);
    expect(found.effect!.low).toBeGreaterThan(0);
    expect(found.gain).toBeLessThan(found.effect!.estimate);
    expect(found.text).toBe(
      'it is proven to help: 7 episodes against 10 firings left alone, 0.78 standard deviations of the signal better ' +
        'on average (90 % sure between 0.057 and 1.5), e-value 25, 20 is proof',
    );
  });

  it('says that it does harm, or that nothing is proven yet', () => {
    expect(evidenceOf(HELP.map((value) => -value)).text).toMatch(
      /^it is proven to do harm: .* worse on average/,
    );
    expect(evidenceOf(HELP.slice(0, 2)).text).toMatch(/^nothing is proven yet: 2 episodes against /);
  });

  it.each([
    ['no action of this version of the rule was measured yet', evidenceOf([])],
    ['7 episodes, and no firing was left alone: nothing to compare with', evidenceOf(HELP, [])],
    ['1 episode and 1 firing left alone: too few to compare', evidenceOf([1], [0])],
    ['no action of this version of the rule was measured yet', evidenceOf(HELP, CONTROLS, 'bbbbbbbbbbbb')],
  ])('says why there is none: %s', (text, found) => {
    expect(found).toMatchObject({ text, conclusion: 'not_enough', e_value: null, effect: null, gain: null });
  });
});
