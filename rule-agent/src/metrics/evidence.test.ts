import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { buildRule, T0 } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import { EVIDENCE } from '../model/event.ts';
import { evidenceMetrics } from './evidence.ts';

it('shows what the episodes of a rule say while it is in force, and what was set by them', async () => {
  const registry = new Registry();
  const metrics = evidenceMetrics(registry);
  const rule = buildRule();
  const history = emptyHistory();
  const text = async () => {
    metrics.show([rule], history);
    return (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));
  };
  expect(await text()).toEqual(
    expect.arrayContaining([
      'evenkeel_agent_rule_evidence_firings{rule="slow-api",kind="treated"} 0',
      'evenkeel_agent_rule_conclusion{rule="slow-api",conclusion="not_enough"} 1',
      'evenkeel_agent_rule_demoted{rule="slow-api"} 0',
    ]),
  );
  const treated = [-1.4, -2.1, -0.7, -1.9, -2.6, -1.2, -1.7, -1.6];
  history.outcomes.set(rule.name, {
    ruleVersion: rule.version,
    treated: treated.map((errorPerSpread) => ({ errorPerSpread, spreadInSigmas: 1 })),
    controls: [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0, -0.2, 0.5].map((errorPerSpread) => ({
      ...{ atMs: T0, targetKey: 'x', errorPerSpread },
    })),
  });
  const set = { kind: 'rule_mode_set', at: T0, rule: rule.name, by: EVIDENCE, because: '' } as const;
  history.setModes = new Map([[rule.name, { ...set, mode: 'shadow' }]]);
  expect(await text()).toEqual(
    expect.arrayContaining([
      'evenkeel_agent_rule_evidence_firings{rule="slow-api",kind="treated"} 8',
      'evenkeel_agent_rule_conclusion{rule="slow-api",conclusion="harms"} 1',
      'evenkeel_agent_rule_conclusion{rule="slow-api",conclusion="not_enough"} 0',
      expect.stringMatching(/^evenkeel_agent_rule_effect_sigmas{rule="slow-api",bound="high"} -0\./),
      'evenkeel_agent_rule_demoted{rule="slow-api"} 1',
    ]),
  );
  metrics.show([], history);
  expect(await registry.metrics()).not.toContain('slow-api');
});
