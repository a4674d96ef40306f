import { type Series } from '../frames';

/** Something that a counter counted: between two samples it grew by `count`. */
export interface Increase {
  timeMs: number;
  count: number;
}

/**
 * When a counter grew. A smaller value than before is a restart from zero, as PromQL's increase() has it; where a series
 * begins within the range (`beginsWithin`), its first value is an increase too: before, it was not there.
 */
export function increasesOf({ timesMs, values }: Series, beginsWithin: boolean): Increase[] {
  const increases: Increase[] = [];
  let before: number | undefined = beginsWithin ? 0 : undefined;
  values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    const count = before === undefined ? 0 : value < before ? value : value - before;
    if (count > 0) {
      increases.push({ timeMs: timesMs[index]!, count });
    }
    before = value;
  });
  return increases;
}
