import { describe, expect, it } from '@jest/globals';
import { DayShape } from './day-shape.ts';
import { RunningMeans } from './signal-history.ts';

const MINUTE_MS = 60_000;
const DAY = 1_440;

/** Busy in the third quarter of each day, and every day on a level of its own. */
function days(count: number, busy = (_day: number) => 4): Float64Array {
  return Float64Array.from({ length: count * DAY }, (_, at) => {
    const [day, minute] = [Math.floor(at / DAY), at % DAY];
    return 10 * day + (minute >= DAY / 2 && minute < (3 * DAY) / 4 ? busy(day) : 0);
  });
}

function shapeOf(values: Float64Array, end = values.length) {
  return DayShape.of(new RunningMeans(values.subarray(0, end)), end, MINUTE_MS)!;
}

describe('the shape of a day', () => {
  it('is what is usual at its time, whatever the level of the days', () => {
    const shape = shapeOf(days(6));
    const last = 6 * DAY - 1;
    expect(shape.at(last - DAY / 4 - 180, last)).toBeCloseTo(3, 9);
    expect(shape.at(last, last)).toBeCloseTo(-1, 9);
    expect(shape.mean(last + 1 + DAY / 2, last + 1 + (3 * DAY) / 4, last)).toBeCloseTo(2.9, 0);
  });

  it('of a moment does not know the day of the moment', () => {
    const odd = shapeOf(days(6, (day) => (day === 2 ? 400 : 4)));
    const noon = 2 * DAY + DAY / 2 + 180;
    expect(odd.at(noon, noon)).toBeCloseTo(3, 9);
  });

  it('is the same wherever the history ends', () => {
    const values = days(7).map((value, at) => value - 10 * Math.floor(at / DAY));
    const [early, late] = [shapeOf(values, 6 * DAY + 100), shapeOf(values, 6 * DAY + 900)];
    const moment = 3 * DAY + DAY / 2 + 180;
    expect(early.at(moment, moment)).toBeCloseTo(late.at(moment, moment), 1);
  });

  it('is not known of two days, or of points that are too long', () => {
    const means = new RunningMeans(days(2));
    expect(DayShape.of(means, 2 * DAY, MINUTE_MS)).toBeUndefined();
    expect(DayShape.of(means, 2 * DAY, 60 * MINUTE_MS)).toBeUndefined();
  });
});
