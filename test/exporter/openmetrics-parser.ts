const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,(?=[a-zA-Z_])|$)/y;
const NUMBER = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)$/;
const CANONICAL_BOUND = /^(?:\d+\.\d+|\d(?:\.\d+)?e[+-]\d{2,}|\+Inf)$/;

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  gauge: [''],
  unknown: [''],
  counter: ['_total'],
  histogram: ['_bucket', '_count', '_sum'],
};

export interface OpenMetricsFamily {
  name: string;
  type: string;
  unit: string | undefined;
  help: string | undefined;
  series: Map<string, number>;
}

/** Reads an OpenMetrics 1.0 page and throws at the first thing that the specification does not allow. */
export function parseOpenMetrics(page: string): Map<string, OpenMetricsFamily> {
  if (!page.endsWith('\n# EOF\n')) throw new Error('the page does not end with # EOF');
  const families = new Map<string, OpenMetricsFamily>();
  let current: OpenMetricsFamily | undefined;
  for (const line of page.slice(0, -'# EOF\n'.length - 1).split('\n')) {
    if (line.startsWith('#')) current = readMetadata(line, current, families);
    else readSample(line, current);
  }
  for (const family of families.values()) if (family.type === 'histogram') checkHistogram(family);
  return families;
}

function readMetadata(
  line: string,
  current: OpenMetricsFamily | undefined,
  families: Map<string, OpenMetricsFamily>,
): OpenMetricsFamily {
  const [, keyword, name, rest] = /^# (TYPE|UNIT|HELP) (\S+) (.*)$/.exec(line) ?? fail(line, 'no metadata');
  let family = current;
  if (family?.name !== name) {
    if (!NAME.test(name!) || families.has(name!)) fail(line, 'a family twice, or a wrong name');
    family = { name: name!, type: 'unknown', unit: undefined, help: undefined, series: new Map() };
    families.set(name!, family);
  }
  if (family!.series.size > 0) fail(line, 'metadata after series');
  if (keyword === 'TYPE')
    family!.type = Object.hasOwn(SUFFIXES, rest!) ? rest! : fail(line, 'an unknown type');
  if (keyword === 'UNIT')
    family!.unit = name!.endsWith(`_${rest}`) ? rest! : fail(line, 'not the unit of the name');
  if (keyword === 'HELP')
    family!.help = /^(?:[^"\\]|\\["\\n])*$/.test(rest!) ? rest! : fail(line, 'an unescaped help');
  return family!;
}

function readSample(line: string, family: OpenMetricsFamily | undefined): void {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? fail(line, 'no sample');
  const suffix = family === undefined ? undefined : name!.slice(family.name.length);
  if (!name!.startsWith(family?.name ?? '!') || !SUFFIXES[family!.type]!.includes(suffix!)) {
    fail(line, `not of the family above it`);
  }
  const pairs = readLabels(labels, line);
  const bound = pairs.get('le');
  if ((suffix === '_bucket') !== (bound !== undefined)) fail(line, 'le where it should not be, or none');
  if (bound !== undefined && !CANONICAL_BOUND.test(bound)) fail(line, 'a bound that is not canonical');
  if (!NUMBER.test(value!)) fail(line, 'no number');
  const number = Number(value!.replace('Inf', 'Infinity'));
  if (family!.type !== 'gauge' && family!.type !== 'unknown' && !(number >= 0))
    fail(line, 'a negative count');
  const key = `${name!}{${labels}}`;
  if (family!.series.has(key)) fail(line, 'a series twice');
  family!.series.set(key, number);
}

function readLabels(text: string, line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value] = LABEL.exec(text) ?? fail(line, 'malformed labels');
    if (pairs.has(name!)) fail(line, 'a label twice');
    pairs.set(name!, value!);
  }
  return pairs;
}

/** Buckets ascend, do not shrink, and the last one is the count. */
function checkHistogram({ name, series }: OpenMetricsFamily): void {
  let bound = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const [key, value] of series) {
    const le = /le="([^"]+)"/.exec(key)?.[1];
    if (le !== undefined) {
      const next = Number(le.replace('+Inf', 'Infinity'));
      if (next <= bound || value < count) fail(key, 'buckets out of order');
      bound = next;
      count = value;
    } else if (key.startsWith(`${name}_count`)) {
      if (bound !== Number.POSITIVE_INFINITY || value !== count)
        fail(key, 'not the count of the last bucket');
      bound = Number.NEGATIVE_INFINITY;
      count = 0;
    }
  }
}

function fail(line: string, what: string): never {
  throw new Error(`${what}: ${line.slice(0, 200)}`);
}
