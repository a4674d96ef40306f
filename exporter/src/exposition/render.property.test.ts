import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Family, Labels } from '../model/family.ts';
import { type Dialect, escapeQuoted, OPENMETRICS, TEXT } from './dialect.ts';
import { PageWriter } from './page-writer.ts';
import { Renderer } from './render.ts';

/** A page as one would write it down without a thought for speed: the lines, one after the other. */
function plainPage(families: readonly Family[], dialect: Dialect): string {
  const sorted = families.filter(({ samples }) => samples.length > 0);
  sorted.sort((one, other) => (one.name < other.name ? -1 : 1));
  return (
    sorted.map((family) => dialect.header(family) + plainLines(family, dialect).join('')).join('') +
    dialect.end
  );
}

function plainLines(family: Family, dialect: Dialect): string[] {
  if (family.type !== 'histogram')
    return family.samples.map(({ labels, value }) => plainLine(family.name, labels, value));
  return family.samples.flatMap(({ labels, cumulativeCounts, count, sum }) => [
    ...family.bounds.map((bound, index) =>
      plainLine(`${family.name}_bucket`, { ...labels, le: dialect.bound(bound) }, cumulativeCounts[index]!),
    ),
    plainLine(`${family.name}_bucket`, { ...labels, le: '+Inf' }, count),
    plainLine(`${family.name}_sum`, labels, sum),
    plainLine(`${family.name}_count`, labels, count),
  ]);
}

function plainLine(name: string, labels: Labels, value: number): string {
  const inner = Object.entries(labels).map(([label, text]) => `${label}="${escapeQuoted(text)}"`);
  const number = String(value).replace('Infinity', 'Inf').replace(/^Inf/, '+Inf');
  return `${name}${inner.length === 0 ? '' : `{${inner.join(',')}}`} ${number}\n`;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '\\', '"', '\n', '\\n', '} 1\n', 'Zürich', '倉庫', '📦', '\ud83d'),
);
const labelSet = fc.dictionary(fc.stringMatching(/^[a-z]{3,6}$/), text, { maxKeys: 3 });
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.integer({ min: 0, max: 1e6 }).map((hundredths) => hundredths / 100),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e21, 1e-7, 5e-324, 2.2e-308, 2 ** 53, Number.MAX_VALUE),
);

/** Which series a page has, in which order, with what values; many of them now and then, to fill more than a chunk. */
const series = fc
  .tuple(fc.array(fc.tuple(fc.nat(), number), { maxLength: 5 }), fc.constantFrom(1, 1, 1, 60))
  .map(([few, times]) => Array.from({ length: times }, () => few).flat());
const onePage = fc.record({
  dialect: fc.constantFrom(TEXT, OPENMETRICS),
  scalars: series,
  histograms: series,
  bounds: fc.constantFrom([], [0.005, 1, 2.5], [1, 10]),
});

function familiesOf(
  page: typeof onePage extends fc.Arbitrary<infer Page> ? Page : never,
  known: Labels[],
): Family[] {
  const labelsOf = (pick: number) => known[pick % known.length]!;
  const samples = page.scalars.map(([pick, value]) => ({ labels: labelsOf(pick), value }));
  const histograms = page.histograms.map(([pick, sum]) => ({
    labels: labelsOf(pick),
    cumulativeCounts: page.bounds.map((_bound, index) => index * pick),
    count: page.bounds.length * pick,
    sum,
  }));
  return [
    { name: 'units', type: 'gauge', help: 'Größe "in" \\ Stück\n.', samples },
    { name: 'cycle_seconds', type: 'histogram', help: 'H.', bounds: page.bounds, samples: histograms },
    { name: 'sales_total', type: 'counter', help: 'S.', samples: samples.toReversed() },
  ];
}

describe('Renderer', () => {
  it('writes the same as one line after the other, however series come, go and change their place', () => {
    const pages = fc.array(onePage, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(labelSet, { minLength: 1, maxLength: 6 }), pages, (known, history) => {
        const renderer = new Renderer();
        for (const page of history) {
          const families = familiesOf(page, known);
          const writer = new PageWriter();
          Array.from(renderer.write(families, page.dialect, writer));
          const plain = Buffer.from(plainPage(families, page.dialect));
          expect(Buffer.concat(writer.finish()).equals(plain)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
