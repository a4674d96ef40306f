import { canonicalJson } from '../model/canonical-json.ts';
import { labelsInTexts } from '../schema/templates.ts';

/** A change that the configuration spells out, for rules to name. */
export interface SpelledOut {
  /** The labels of the target that it reads: with other values it is about something else. */
  labels: readonly string[];
  /** The value that it sets, where others set it, too; left out where it sets one of its own, or nobody can know. */
  shared?: SharedValue;
}

/** A value that several changes set. */
export interface SharedValue {
  /** The names of these changes. */
  name: string;
  /** The labels of the target that tell one such value from another. */
  labels: readonly string[];
}

interface Change {
  /** Where the value that it sets is read, and what it then is. */
  verify?: { equals?: unknown } | undefined;
}

/**
 * What the agent knows of changes, by their names. Two that `verify` reads in one place set one value, whatever they are called:
 * that is how two rules that undo each other are recognised.
 */
export function spellOut(changes: Readonly<Record<string, Change>>): Record<string, SpelledOut> {
  const all = Object.entries(changes);
  const namesByPlace = Map.groupBy(
    all.map(([name]) => name),
    (name) => placeReadBy(changes[name]!),
  );
  return Object.fromEntries(
    all.map(([name, change]) => {
      const labels = labelsInTexts(change);
      const place = placeReadBy(change);
      const names = place === undefined ? [] : namesByPlace.get(place)!;
      if (names.length < 2) return [name, { labels }];
      const shared = { name: names.sort().join(', '), labels: labelsInTexts(change.verify) };
      return [name, { labels, shared }];
    }),
  );
}

/** The same where nothing is known but the labels that each reads. */
export function readingLabels(
  labelsByName: Readonly<Record<string, readonly string[]>>,
): Record<string, SpelledOut> {
  return Object.fromEntries(Object.entries(labelsByName).map(([name, labels]) => [name, { labels }]));
}

function placeReadBy({ verify }: Change): string | undefined {
  return verify && canonicalJson({ ...verify, equals: undefined });
}
