const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]+)="((?:[^"\\]|\\.)*)"/g;

/** The values of a page by `name{labels}`, the label `site` first and the others by name. */
export function readExposition(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (match === null) continue;
    const labels = Object.fromEntries(
      [...(match[2] ?? '').matchAll(LABEL)].map(([, name, value]) => [name!, value!]),
    );
    values.set(seriesName(match[1]!, labels), Number(match[3]));
  }
  return values;
}

export function seriesName(name: string, labels: Readonly<Record<string, string>>): string {
  const { site, ...others } = labels;
  const pairs = [...(site === undefined ? [] : [['site', site]]), ...Object.entries(others).sort()];
  return pairs.length === 0 ? name : `${name}{${pairs.map(([key, value]) => `${key}="${value}"`).join(',')}}`;
}
