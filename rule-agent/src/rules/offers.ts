import type { SpelledOut } from '../actions/spelled-out.ts';

/** What a rule may ask of a system, as the configuration has it. */
export interface Offer {
  /** The kind of action that the system takes. */
  kind: string;
  /** What is spelled out by name; absent where any name goes. */
  names?: Readonly<Record<string, SpelledOut>>;
}

/** By the name of the system. */
export type Offers = Readonly<Record<string, Offer>>;

/** The system of that name, and nothing that every object has, such as `constructor`. */
export function offerNamed(offers: Offers, system: string): Offer | undefined {
  return Object.hasOwn(offers, system) ? offers[system] : undefined;
}

/** What a system spells out under a name; it needs no labels when there is no such thing. */
export function spelledOutAs(offers: Offers, system: string, name: unknown): SpelledOut {
  const names = offerNamed(offers, system)?.names ?? {};
  return typeof name === 'string' && Object.hasOwn(names, name) ? names[name]! : { labels: [] };
}

/** What systems offer, without anything else that they hold. */
export function offersAlone(systems: Offers): Offers {
  return Object.fromEntries(
    Object.entries(systems).map(([name, { kind, names }]) => [
      name,
      { kind, ...(names !== undefined && { names }) },
    ]),
  );
}
