import { type Component, scoreDomain, scoreTotal } from '@evenkeel/signals';
import fc from 'fast-check';
import { SHAPES } from '../testing/prometheus-frames';
import { instant, recorded, setOf } from '../testing/recording';
import { readScore, sum } from './score';

describe('readScore', () => {
  it.each(SHAPES)('finds in a recorded answer of shape %s losses that add up to what is missing', (shape) => {
    const score = readScore(setOf(recorded('range'), { shape }))!;
    expect(score.total).toEqual({ status: 'scored', score: 93.8954 });
    expect(score.domains.map(({ name }) => name)).toEqual(['system', 'inventory', 'api']);
    expect(score.pointsOf).toBe('total');
    expect(sum(score.losses.map(({ points }) => points))).toBeCloseTo(100 - 93.8954, 3);
  });

  it('says what reaching the good anchor would give back, worked by the formulas of the signals', () => {
    const { losses } = readScore(setOf(recorded('range')))!;
    const cpu = losses.find(({ signal, kind }) => signal === 'cpu_utilization' && kind === 'signal')!;
    expect(cpu.whatIf).toMatchObject({ to: 0.6 });
    // At the good anchor 0.9 of its points are kept; the rest goes on being lost.
    expect(cpu.whatIf!.points).toBeGreaterThan(0);
    expect(cpu.whatIf!.points).toBeLessThan(cpu.points);
  });

  it('gives the interval of a withheld total, and says of missing domains nothing', () => {
    const score = readScore(setOf(recorded('instant-with-data-missing')))!;
    expect(score.total.status).toBe('withheld');
    const system = score.domains.find(({ name }) => name === 'system')!;
    expect(system.state).toEqual({ status: 'withheld', interval: [0, 100] });
  });

  it('weighs the ends of withheld domains; a domain without bounds could be anything', () => {
    const set = setOf([
      instant('evenkeel:score:domain', { domain: 'api' }, 80),
      instant('evenkeel:score:domain_weight', { domain: 'api' }, 3),
      instant('evenkeel:score:bound', { domain: 'system', bound: 'low' }, 40),
      instant('evenkeel:score:bound', { domain: 'system', bound: 'high' }, 60),
      instant('evenkeel:score:domain_weight', { domain: 'system' }, 1),
    ]);
    expect(readScore(set)?.total).toEqual({ status: 'withheld', interval: [70, 75] });
  });

  it('is undefined without any score, and missing is never zero', () => {
    expect(readScore(setOf([instant('evenkeel:signal:value', { signal: 'a' }, 1)]))).toBeUndefined();
    const set = setOf([instant('evenkeel:score:domain_weight', { domain: 'api' }, 1)]);
    expect(readScore(set)).toMatchObject({ total: { status: 'missing' }, domains: [{ state: { status: 'missing' } }] });
  });

  it('takes losses of any domains to be what is missing to the total', () => {
    const component = fc.record({
      utility: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.integer({ min: 1, max: 9 }),
      critical: fc.boolean(),
    });
    const domain = fc.record({
      weight: fc.integer({ min: 1, max: 5 }),
      components: fc.array(component, { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(domain, { minLength: 1, maxLength: 4 }), (domains) => {
        const series = domains.flatMap(({ weight, components }, index) => seriesOf(`d${index}`, weight, components));
        const total = weightedMean(domains);
        const score = readScore(setOf([...series, instant('evenkeel:score:total', {}, total)]))!;
        expect(sum(score.losses.map(({ points }) => points))).toBeCloseTo(100 - total, 6);
      })
    );
  });
});

type Part = Omit<Component, 'name'>;

function weightedMean(domains: Array<{ weight: number; components: Part[] }>): number {
  return scoreTotal(domains.map(({ weight, components }) => ({ weight, score: scored(components).score })));
}

function scored(parts: Part[]) {
  const result = scoreDomain(parts.map((part, index) => ({ ...part, name: `s${index}` })));
  if (result.status !== 'scored') {
    throw new Error('nothing is missing');
  }
  return result;
}

/** What the recording rules would record of a domain. */
function seriesOf(domain: string, weight: number, parts: Part[]) {
  const { losses, score } = scored(parts);
  return [
    instant('evenkeel:score:domain', { domain }, score),
    instant('evenkeel:score:domain_weight', { domain }, weight),
    instant('evenkeel:score:critical_loss', { domain }, losses.critical),
    instant('evenkeel:score:cap_loss', { domain }, losses.cap),
    ...Object.entries(losses.components).map(([signal, points]) =>
      instant('evenkeel:score:loss', { domain, signal }, points)
    ),
  ];
}
