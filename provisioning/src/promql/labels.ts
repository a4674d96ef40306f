/** The labels that series may have; `any` where that cannot be known. */
export type Labels = ReadonlySet<string> | 'any';

export const NO_LABELS: Labels = new Set<string>();

export function has(labels: Labels, label: string): boolean {
  return labels === 'any' || label === '__name__' || labels.has(label);
}

export function union(...all: readonly Labels[]): Labels {
  const known = all.filter((labels): labels is ReadonlySet<string> => labels !== 'any');
  return known.length < all.length ? 'any' : new Set(known.flatMap((labels) => [...labels]));
}

export function without(labels: Labels, gone: readonly string[]): Labels {
  return labels === 'any' ? 'any' : new Set([...labels].filter((label) => !gone.includes(label)));
}
