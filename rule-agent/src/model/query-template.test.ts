import { describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { isInPattern, isQuoted, isTemplate, labelsOfTemplate, queryFor } from './query-template.ts';

const TEMPLATE = 'sum(queue{job="${target.job}", site="${target.site}"})';

describe('a PromQL with labels of the target', () => {
  it('is written for one target', () => {
    expect(isTemplate(TEMPLATE)).toBe(true);
    expect(labelsOfTemplate(TEMPLATE + TEMPLATE)).toEqual(['job', 'site']);
    expect(queryFor(TEMPLATE, { job: 'shop', site: 'leeds' })).toBe('sum(queue{job="shop", site="leeds"})');
  });

  it.each([
    ['within double quotes', 'x{job="${target.job}"}', true],
    ['after an escaped quote', 'x{job="a\\"${target.job}"}', true],
    ['after a string that ends with a backslash', 'x{a="\\\\", job="${target.job}"}', true],
    ['in a quote that is not closed', 'x{job="${target.job}}', false],
    ['after a quote that is not closed', 'x{a="b} + y{job="${target.job}"}', false],
    ['outside of quotes', 'x_${target.job}', false],
    ['in single quotes', "x{job='${target.job}'}", false],
    ['in double quotes within single ones', `x{job='"\${target.job}"'}`, false],
  ])('may hold them %s: %s', (_where, promql, allowed) => {
    expect(isQuoted(promql)).toBe(allowed);
  });

  it('may not make a pattern of them', () => {
    expect(isInPattern('x{job=~"a|${target.job}"}')).toBe(true);
    expect(isInPattern('x{job!~ "${target.job}"}')).toBe(true);
    expect(isInPattern('x{job=~"a", site="${target.site}"}')).toBe(false);
    expect(isInPattern('x{site="${target.site}=~"}')).toBe(false);
  });

  it('stays one selector with the very value, whatever a label holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (job) => {
        const query = queryFor('x{job="${target.job}"}', { job });
        const literal = query.slice('x{job='.length, -1);
        const names: string[] = [];
        parser.parse(query).iterate({ enter: ({ name }) => void names.push(name) });
        expect(names.filter((name) => name === 'StringLiteral')).toHaveLength(1);
        expect(names).not.toContain('⚠');
        expect(unescaped(literal)).toBe(job);
      }),
      { numRuns: 1000 },
    );
  });
});

/** What a string literal of PromQL says: a backslash before a backslash or a quote, and `n` for a line's end. */
function unescaped(literal: string): string {
  const inner = literal.slice(1, -1);
  return inner.replace(/\\(.)/gs, (_whole, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}
