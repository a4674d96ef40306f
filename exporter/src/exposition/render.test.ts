import { describe, expect, it } from '@jest/globals';
import { type Family, counter, gauge, single } from '../model/family.ts';
import { type Dialect, OPENMETRICS, TEXT } from './dialect.ts';
import { PageWriter } from './page-writer.ts';
import { renderAtOnce, Renderer } from './render.ts';

function renderAs(dialect: Dialect, ...families: Family[]): string {
  return String(Buffer.concat(renderAtOnce(families, dialect)));
}

const render = (...families: Family[]) => renderAs(TEXT, ...families);

describe('Renderer', () => {
  it('sorts families, and writes HELP and TYPE once for parts of one family', () => {
    const part = (site: string) => gauge('b', 'B.', [{ labels: { site }, value: 1 }]);
    expect(render(part('x'), gauge('a', 'A.', single(2)), part('y'))).toBe(
      '# HELP a A.\n# TYPE a gauge\na 2\n# HELP b B.\n# TYPE b gauge\nb{site="x"} 1\nb{site="y"} 1\n',
    );
  });

  it('escapes labels and help', () => {
    const text = render(gauge('a', 'one\ntwo \\', [{ labels: { path: 'C:\\x "y"\n' }, value: 1 }]));
    expect(text).toBe('# HELP a one\\ntwo \\\\\n# TYPE a gauge\na{path="C:\\\\x \\"y\\"\\n"} 1\n');
  });

  it('leaves out families without series', () => expect(render(gauge('a', 'A.', []))).toBe(''));

  it('leaves out a second family of that name with another type', () => {
    const other = counter('a', 'A.', single(3));
    expect(render(gauge('a', 'A.', single(2)), other)).toBe('# HELP a A.\n# TYPE a gauge\na 2\n');
  });

  const histogram: Family = {
    name: 'h_seconds',
    help: 'H.',
    type: 'histogram',
    bounds: [1, 2.5],
    samples: [{ labels: { site: 'x' }, cumulativeCounts: [1, 3], count: 4, sum: 9.5 }],
  };

  it('writes a histogram with its sum, its count and the last bucket', () => {
    expect(render(histogram)).toBe(
      [
        '# HELP h_seconds H.',
        '# TYPE h_seconds histogram',
        'h_seconds_bucket{site="x",le="1"} 1',
        'h_seconds_bucket{site="x",le="2.5"} 3',
        'h_seconds_bucket{site="x",le="+Inf"} 4',
        'h_seconds_sum{site="x"} 9.5',
        'h_seconds_count{site="x"} 4',
        '',
      ].join('\n'),
    );
  });

  it('writes OpenMetrics: units, counters named without _total, canonical bounds, the end', () => {
    const text = renderAs(OPENMETRICS, histogram, counter('sales_total', 'A "sale".', single(3)));
    expect(text).toContain('# TYPE h_seconds histogram\n# UNIT h_seconds seconds\n# HELP h_seconds H.\n');
    expect(text).toContain('h_seconds_bucket{site="x",le="1.0"} 1\n');
    expect(text).toMatch(/# TYPE sales counter\n# HELP sales A \\"sale\\"\.\nsales_total 3\n# EOF\n$/);
  });

  it('gives the same text again, and another when series change their place', () => {
    const renderer = new Renderer();
    const text = (...sites: string[]) => {
      const samples = sites.map((site) => ({ labels: { site }, value: site.length }));
      return pageOf(renderer, gauge('a', 'A.', samples));
    };
    const first = text('x', 'yy', 'zzz');
    expect(text('yy', 'zzz')).toBe('# HELP a A.\n# TYPE a gauge\na{site="yy"} 2\na{site="zzz"} 3\n');
    expect(text('x', 'yy', 'zzz')).toBe(first);
  });

  it('comes in steps that are a fraction of a millisecond of work', () => {
    const samples = Array.from({ length: 100_000 }, (_, index) => ({
      labels: { sku: `sku-${index}` },
      value: index,
    }));
    const page = new PageWriter();
    const steps = Array.from(new Renderer().write([gauge('a', 'A.', samples)], TEXT, page));
    expect(steps.length).toBeGreaterThan(300);
    expect(String(Buffer.concat(page.finish())).match(/\n/g)).toHaveLength(100_002);
  });

  it('writes a line that is longer than a block of memory', () => {
    const long = 'é'.repeat(700_000);
    expect(render(gauge('a', 'A.', [{ labels: { long }, value: 1 }]))).toContain(`\na{long="${long}"} 1\n`);
  });
});

function pageOf(renderer: Renderer, ...families: Family[]): string {
  const page = new PageWriter();
  Array.from(renderer.write(families, TEXT, page));
  return String(Buffer.concat(page.finish()));
}
