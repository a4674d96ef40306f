import type { Facts, UnknownFact } from '../model/fact.ts';

/** How much was known of a rule over a range. */
export interface RuleKnowledge {
  /** The share of the looks at which all of its facts were known of a target at least. */
  share: number;
  /** What was missing, where nothing was ever known. */
  because?: string;
}

const NO_TARGET = 'there is no series with the labels of a target';

/** Keeps count of what is known of rules, look by look. */
export class Knowledge {
  readonly #knownLooks = new Map<string, number>();
  readonly #because = new Map<string, string>();
  #looks = 0;
  /** When a rule was known for the first time. */
  firstMs: number | undefined;

  look({ targets, readAtMs }: Pick<Facts, 'targets' | 'readAtMs'>): void {
    this.#looks += 1;
    const known = new Set<string>();
    for (const { rule, facts } of targets) {
      const flaw = flawIn(facts);
      if (flaw === undefined) known.add(rule);
      // That there is more than one series says more than that there is none at another time.
      else if (flaw.status !== 'missing' || !this.#because.has(rule)) this.#because.set(rule, flaw.because);
    }
    for (const rule of known) this.#knownLooks.set(rule, (this.#knownLooks.get(rule) ?? 0) + 1);
    if (known.size > 0) this.firstMs ??= readAtMs;
  }

  of(rule: string): RuleKnowledge {
    const known = this.#knownLooks.get(rule) ?? 0;
    const share = known / Math.max(1, this.#looks);
    return { share, ...(known === 0 && { because: this.#because.get(rule) ?? NO_TARGET }) };
  }
}

/** What keeps a rule from being evaluated. */
function flawIn(
  facts: Facts['targets'][number]['facts'],
): Pick<UnknownFact, 'status' | 'because'> | undefined {
  for (const [name, fact] of Object.entries(facts)) {
    if (fact.status !== 'ok') return { status: fact.status, because: `${name}: ${fact.because}` };
  }
  return undefined;
}
