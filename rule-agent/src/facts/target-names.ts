import { type Labels, pickLabels, type Target, targetKey } from '../model/target.ts';

export interface NamedTarget {
  target: Target;
  targetKey: string;
}

/** The targets that labels belong to: one object and one name for each, however many series it has. */
export class TargetNames {
  readonly #byLabels = new Map<string, Map<string, NamedTarget>>();

  /** The part of `labels` named by `by` as a target, or undefined when one of them is absent or empty. */
  of(labels: Labels, by: readonly string[]): NamedTarget | undefined {
    const values = valuesOf(labels, by);
    if (values === undefined) return undefined;
    const targets = this.#targetsBy(by.length === 1 ? by[0]! : JSON.stringify(by));
    let named = targets.get(values);
    if (named === undefined) {
      const target = pickLabels(labels, by)!;
      named = { target, targetKey: targetKey(target) };
      targets.set(values, named);
    }
    return named;
  }

  #targetsBy(names: string): Map<string, NamedTarget> {
    let targets = this.#byLabels.get(names);
    if (targets === undefined) {
      targets = new Map();
      this.#byLabels.set(names, targets);
    }
    return targets;
  }
}

/** All values in one text that no other values make. */
function valuesOf(labels: Labels, by: readonly string[]): string | undefined {
  if (by.length === 1) return labels[by[0]!] === '' ? undefined : labels[by[0]!];
  let values = '';
  for (const name of by) {
    const value = labels[name];
    if (value === undefined || value === '') return undefined;
    values += `${value.length}:${value}`;
  }
  return values;
}
