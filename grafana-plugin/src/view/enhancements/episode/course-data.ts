import { type Course } from '../../../model/course';
import { gapsIn } from '../../../model/gaps';

/** Times and values as uPlot gets them; a gap is a row of null. */
export function courseData({ timesMs, values }: Pick<Course, 'timesMs' | 'values'>): [number[], Array<number | null>] {
  const [times, seen] = [[...timesMs], [...values]];
  // From the last, so that the indexes of those before stay.
  for (const index of gapsIn(timesMs).reverse()) {
    times.splice(index, 0, (times[index - 1]! + times[index]!) / 2);
    seen.splice(index, 0, null);
  }
  return [times, seen];
}
