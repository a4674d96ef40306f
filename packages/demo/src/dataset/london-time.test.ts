import { describe, expect, it } from '@jest/globals';
import { parseLondonTime } from './london-time.ts';

describe('parseLondonTime', () => {
  it.each([
    ['2010-12-01 08:26:00', '2010-12-01T08:26:00Z'],
    ['2011-03-27 00:59:59', '2011-03-27T00:59:59Z'],
    ['2011-03-27 02:00:00', '2011-03-27T01:00:00Z'],
    ['2011-08-31 17:45:00', '2011-08-31T16:45:00Z'],
    ['2011-10-30 00:30:00', '2011-10-29T23:30:00Z'],
    ['2011-10-30 02:30:00', '2011-10-30T02:30:00Z'],
  ])('reads %s as %s', (local, utc) => {
    expect(parseLondonTime(local)).toBe(Date.parse(utc));
  });

  it('agrees with the time zone database at every hour of 2011, the doubled and the skipped one apart', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const instant = Date.UTC(2011, 0, 1, hour);
      const local = format.format(instant);
      if (local.startsWith('2011-10-30 01')) continue;
      expect([local, parseLondonTime(local)]).toEqual([local, instant]);
    }
  });

  it('refuses another form', () => {
    expect(() => parseLondonTime('01/12/2010 8:26')).toThrow(RangeError);
  });
});
