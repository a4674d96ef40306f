/** Label names and values, as Prometheus has them. */
export type Labels = Readonly<Record<string, string>>;

/** What a rule is evaluated for: a service, a host, a site. */
export type Target = Labels;

/** One text for one label set, whatever the order of its labels: `{job="warehouse"}`. */
export function targetKey(target: Target): string {
  const pairs = Object.keys(target)
    .sort()
    .map((name) => `${name}=${JSON.stringify(target[name])}`);
  return `{${pairs.join(',')}}`;
}

/** The part of `labels` named by `names`, or undefined when one of them is absent or empty. */
export function pickLabels(labels: Labels, names: readonly string[]): Target | undefined {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = labels[name];
    if (value === undefined || value === '') return undefined;
    picked[name] = value;
  }
  return picked;
}

/** Whether `labels` has every label of `part` with the same value. */
export function coversLabels(labels: Labels, part: Labels): boolean {
  for (const name in part) if (labels[name] !== part[name]) return false;
  return true;
}
