export interface Experience {
  /** Of the last parcel, against the promise; negative is early. */
  lateMs: number;
  /** The share of units that could be filled at once, 0..1. */
  firstPassFill: number;
  /** In [0, 1): tempers differ. */
  temper: number;
}

const DAY_MS = 86_400_000;
const GOOD_FILL = 0.8;

/** How many stars a customer gives: one off for being late, one for each further three days, one for a poor fill. */
export function rate({ lateMs, firstPassFill, temper }: Experience): number {
  const lateDays = lateMs / DAY_MS;
  const forLateness = lateDays <= 0 ? 0 : 1 + Math.floor(lateDays / 3);
  const forFill = firstPassFill < GOOD_FILL ? 1 : 0;
  const forTemper = temper < 0.15 ? 1 : 0;
  return Math.max(1, 5 - forLateness - forFill - forTemper);
}
