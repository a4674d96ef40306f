import {
  type Evidence,
  evidenceOfRule,
  gainsOf,
  outcomesOf,
  PROVEN_FROM,
  spreadInSigmas,
} from '../evidence/index.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';

/** What a rule's episodes say together, as the API shows it: effects are in standard deviations of its signal. */
export function reportEvidence(
  rule: Pick<Rule, 'name' | 'version'>,
  { outcomes }: Pick<History, 'outcomes'>,
) {
  const known = outcomesOf(rule, outcomes) ?? { ruleVersion: rule.version, treated: [], controls: [] };
  const evidence = evidenceOfRule(known);
  const effect = evidence && effectInSigmas(evidence, spreadInSigmas(known));
  const gain = evidence === undefined ? undefined : gainsOf(outcomes).get(rule.name);
  const counts = { treated: known.treated.length, controls: known.controls.length };
  return {
    conclusion: evidence?.conclusion ?? ('not_enough' as const),
    ...counts,
    ...{ e_value: evidence?.eValue ?? null, effect: effect ?? null, gain: gain ?? null },
    text: evidence === undefined ? whyNothing(counts) : describe(evidence, effect),
  };
}

interface Effect {
  estimate: number;
  low: number | null;
  high: number | null;
}

function effectInSigmas({ effect, interval }: Evidence, sigmas: number | undefined): Effect | undefined {
  if (sigmas === undefined) return undefined;
  const [low, high] = [interval?.low, interval?.high].map((end) => (end === undefined ? null : end * sigmas));
  return { estimate: effect * sigmas, low: low!, high: high! };
}

function whyNothing({ treated, controls }: Counts): string {
  if (treated === 0) return 'no action of this version of the rule was measured yet';
  if (controls === 0)
    return `${count(treated, 'episode')}, and no firing was left alone: nothing to compare with`;
  return `${count(treated, 'episode')} and ${count(controls, 'firing')} left alone: too few to compare`;
}

type Counts = Pick<Evidence, 'treated' | 'controls'>;

const OPENINGS: Readonly<Record<Evidence['conclusion'], string>> = {
  helps: 'it is proven to help',
  harms: 'it is proven to do harm',
  no_effect: 'it makes no difference that counts',
  not_enough: 'nothing is proven yet',
};

function describe(evidence: Evidence, effect: Effect | undefined): string {
  const { treated, controls, conclusion, eValue } = evidence;
  const compared = `${count(treated, 'episode')} against ${count(controls, 'firing')} left alone`;
  const proof = `e-value ${short(eValue)}, ${PROVEN_FROM} is proof`;
  return [`${OPENINGS[conclusion]}: ${compared}`, effect && describeEffect(effect), proof]
    .filter((text) => text !== undefined)
    .join(', ');
}

function describeEffect({ estimate, low, high }: Effect): string {
  const side = estimate < 0 ? 'worse' : 'better';
  const mean = `${short(Math.abs(estimate))} standard deviations of the signal ${side} on average`;
  return low === null || high === null
    ? mean
    : `${mean} (90 % sure between ${short(low)} and ${short(high)})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
