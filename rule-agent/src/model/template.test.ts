import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillHeader, fillJson, fillPath, fillText, labelsIn, templateMistake } from './template.ts';

const filling = (job: string) => ({ episode: 'e-1', rule: 'r', target: { job }, from: 7 });
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '%2e%2e',
    'a/../b',
    '\r\nX: 1',
    '"},"x":"',
    '\ud800',
    '?a=b#c',
    '\\..\\',
  ),
);

describe('placeholders', () => {
  it('are target labels, the episode, the rule and the value from before, and nothing else', () => {
    expect(templateMistake('${target.job} ${episode} ${rule} ${from}')).toBeUndefined();
    expect(templateMistake('${job}')).toMatch(/unknown placeholder \$\{job\}/);
    expect(templateMistake('${target.job')).toMatch(/not closed/);
    expect(templateMistake('${target.${rule}')).toMatch(/not closed/);
    expect(labelsIn('${target.a}/${target.b} ${rule}${target.a}')).toEqual(['a', 'b']);
  });

  it('keep the type of the value from before where they stand alone', () => {
    expect(fillJson({ a: ['${from}', 'was ${from}', 1, null] }, filling('x'))).toEqual({
      a: [7, 'was 7', 1, null],
    });
  });

  it('are filled once: a value that looks like a placeholder stays text', () => {
    expect(fillText('${target.job}', filling('${episode}'))).toBe('${episode}');
  });
});

describe('whatever a label holds', () => {
  it('it stays within its segment of a path, and below the fixed part', () => {
    fc.assert(
      fc.property(anyText, (job) => {
        const path = fillPath('/fixed/${target.job}/end', filling(job));
        if (path === undefined) return;
        const { pathname, search, hash, host } = new URL(`http://host:1${path}`);
        expect(host).toBe('host:1');
        expect([search, hash]).toEqual(['', '']);
        expect(pathname).toBe(path);
        expect(pathname.split('/')).toHaveLength(4);
        expect(decodeURIComponent(pathname.split('/')[2]!)).toBe(job.toWellFormed());
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '.', '..'])('no path is made of %j', (job) => {
    expect(fillPath('/a/${target.job}', filling(job))).toBeUndefined();
  });

  it('it ends no header', () => {
    fc.assert(
      fc.property(anyText, (job) => {
        expect(fillHeader('job=${target.job};', filling(job))).toMatch(/^job=[\x20-\x7e]*;$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('it leaves its string in JSON neither by a quote nor otherwise', () => {
    fc.assert(
      fc.property(anyText, (job) => {
        const sent = JSON.stringify(fillJson({ a: 'x ${target.job}', b: 1 }, filling(job)));
        expect(JSON.parse(sent)).toEqual({ a: `x ${job.toWellFormed()}`, b: 1 });
      }),
      { numRuns: 2_000 },
    );
  });
});
