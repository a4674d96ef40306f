import type { ActionKind } from '../../model/action-request.ts';
import { labelsIn } from '../../model/template.ts';
import type { ConfiguredSystem } from './system.ts';
import { textsIn } from '../../schema/templates.ts';

/** What a rule may ask of a system. */
export interface Offer {
  kind: ActionKind;
  /** What the configuration spells out by name, and the labels of the target that it reads; absent where any name goes. */
  names?: Readonly<Record<string, readonly string[]>>;
}

export type Offers = Readonly<Record<string, Offer>>;

/** What rules may ask of the systems of a configuration. */
export function offersOf(systems: Readonly<Record<string, ConfiguredSystem>>): Offers {
  return Object.fromEntries(Object.entries(systems).map(([name, system]) => [name, offerOf(system)]));
}

function offerOf(system: ConfiguredSystem): Offer {
  const { http, sql, kubernetes } = system;
  if (http !== undefined) return { kind: 'http', names: labelsOfEach(http.requests) };
  if (sql !== undefined) return { kind: 'sql', names: labelsOfEach(sql.statements) };
  if (kubernetes !== undefined) {
    return { kind: 'kubernetes-scale', names: labelsOfEach(kubernetes.workloads) };
  }
  if (system.replenish !== undefined) return { kind: 'replenish' };
  if (system.alertmanager !== undefined) return { kind: 'alertmanager-silence' };
  if (system.grafana !== undefined) return { kind: 'grafana-annotation' };
  return { kind: system.notify === undefined ? 'knob' : 'notify' };
}

function labelsOfEach(named: Readonly<Record<string, unknown>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, labelsOf(value)]));
}

function labelsOf(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap(({ text }) => labelsIn(text)))].sort();
}

/** The system of that name, and nothing that every object has, such as `constructor`. */
export function offerNamed(offers: Offers, system: string): Offer | undefined {
  return Object.hasOwn(offers, system) ? offers[system] : undefined;
}

/** The labels of the target that what a system offers under a name needs; none when it offers no such thing. */
export function labelsOffered(
  offers: Offers,
  { system, name }: { system: string; name: string },
): readonly string[] {
  const names = offerNamed(offers, system)?.names ?? {};
  return Object.hasOwn(names, name) ? names[name]! : [];
}
