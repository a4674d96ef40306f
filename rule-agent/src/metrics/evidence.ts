import type { Registry } from 'prom-client';
import { CONCLUSIONS } from '../evidence/index.ts';
import { EVIDENCE } from '../model/event.ts';
import type { History, RuleOutcomes } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { reportEvidence } from '../views/index.ts';
import { gauge } from './instruments.ts';

/** What the episodes of each rule say together. */
export function evidenceMetrics(registry: Registry) {
  const firings = gauge(registry, {
    name: 'evenkeel_agent_rule_evidence_firings',
    help: 'Firings of a rule that its evidence is made of: treated with an action, or left alone as controls.',
    labelNames: ['rule', 'kind'],
  });
  const conclusions = gauge(registry, {
    name: 'evenkeel_agent_rule_conclusion',
    help: '1 for what is concluded of a rule from all of its episodes; else 0.',
    labelNames: ['rule', 'conclusion'],
  });
  const effects = gauge(registry, {
    name: 'evenkeel_agent_rule_effect_sigmas',
    help: 'Effect of the actions of a rule against its firings that were left alone, in standard deviations of the signal, and the ends of its 90 % interval.',
    labelNames: ['rule', 'bound'],
  });
  const demoted = gauge(registry, {
    name: 'evenkeel_agent_rule_demoted',
    help: '1 while a rule only watches since its episodes prove that it does harm, or makes no difference that counts.',
    labelNames: ['rule'],
  });
  const showOne = (rule: Rule, history: History) => {
    const { name } = rule;
    const { conclusion: found, treated, controls, effect } = reportEvidence(rule, history);
    firings.set({ rule: name, kind: 'treated' }, treated);
    firings.set({ rule: name, kind: 'control' }, controls);
    for (const conclusion of CONCLUSIONS) {
      conclusions.set({ rule: name, conclusion }, Number(conclusion === found));
    }
    for (const bound of ['estimate', 'low', 'high'] as const) {
      const value = effect?.[bound] ?? undefined;
      if (value === undefined) effects.remove({ rule: name, bound });
      else effects.set({ rule: name, bound }, value);
    }
  };
  const shown = new Map<string, Pick<Rule, 'version'> & { outcomes: RuleOutcomes | undefined }>();
  return {
    /** What has not changed since the last time is not reckoned again. */
    show(rules: readonly Rule[], history: History) {
      for (const rule of rules) {
        const { name, version } = rule;
        demoted.set({ rule: name }, Number(history.setModes.get(name)?.by === EVIDENCE));
        const [last, outcomes] = [shown.get(name), history.outcomes.get(name)];
        if (last?.version === version && last.outcomes === outcomes) continue;
        shown.set(name, { version, outcomes });
        showOne(rule, history);
      }
      const names = new Set(rules.map(({ name }) => name));
      for (const name of shown.keys()) if (!names.has(name)) forget(name);
    },
  };

  function forget(name: string): void {
    shown.delete(name);
    demoted.remove({ rule: name });
    for (const kind of ['treated', 'control']) firings.remove({ rule: name, kind });
    for (const conclusion of CONCLUSIONS) conclusions.remove({ rule: name, conclusion });
    for (const bound of ['estimate', 'low', 'high']) effects.remove({ rule: name, bound });
  }
}
