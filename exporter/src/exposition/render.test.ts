import { describe, expect, it } from '@jest/globals';
import { gauge, single } from '../model/family.ts';
import { formatValue, TextRenderer } from './render.ts';

const render = (...families: Parameters<TextRenderer['render']>[0]) => new TextRenderer().render(families);

describe('TextRenderer', () => {
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
    const counter = { name: 'a', help: 'A.', type: 'counter' as const, samples: single(3) };
    expect(render(gauge('a', 'A.', single(2)), counter)).toBe('# HELP a A.\n# TYPE a gauge\na 2\n');
  });

  it('writes a histogram with its sum, its count and the last bucket', () => {
    const samples = [{ labels: { site: 'x' }, cumulativeCounts: [1, 3], count: 4, sum: 9.5 }];
    expect(render({ name: 'h', help: 'H.', type: 'histogram', bounds: [1, 2.5], samples })).toBe(
      [
        '# HELP h H.',
        '# TYPE h histogram',
        'h_bucket{site="x",le="1"} 1',
        'h_bucket{site="x",le="2.5"} 3',
        'h_bucket{site="x",le="+Inf"} 4',
        'h_sum{site="x"} 9.5',
        'h_count{site="x"} 4',
        '',
      ].join('\n'),
    );
  });

  it('gives the same text again for the same labels object', () => {
    const renderer = new TextRenderer();
    const family = gauge('a', 'A.', [{ labels: { x: 'y' }, value: 1 }]);
    expect(renderer.render([family])).toBe(renderer.render([family]));
  });
});

describe('formatValue', () => {
  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [-0.5, '-0.5'],
    [1e21, '1e+21'],
  ])('writes %p as %s', (value, text) => expect(formatValue(value)).toBe(text));
});
