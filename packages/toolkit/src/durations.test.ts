import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { durationSchema, formatDuration, parseDuration } from './durations.ts';

describe('durations', () => {
  it('are read as Prometheus writes them, weeks included', () => {
    expect(parseDuration('1w2d')).toBe(777_600_000);
    expect(durationSchema.parse('1h30m')).toBe(5_400_000);
  });

  it.each(['15', '1.5s', '5m1h', '300y'])('refuses %j with a hint', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'DURATION_INVALID' }));
    expect(durationSchema.safeParse(text)).toMatchObject({
      error: { issues: [{ message: expect.stringMatching(/^expected a duration such as/) }] },
    });
  });

  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.nat({ max: 10 ** 10 }), (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});
