import { type Threshold } from '../../model/thresholds';

interface Limits {
  thresholds: readonly Threshold[];
  /** Fixed by the field's configuration. */
  min: number | null | undefined;
  max: number | null | undefined;
}

/** How far a threshold may be from the data to be in the picture: in spans of the data, or as a share of their values. */
const NEAR = { spans: 1.5, share: 0.1 };
const PAD = 0.08;

/**
 * The values that an axis shows: all data, thresholds that are near, a little air; and what the field's configuration fixes.
 * Without data there are none, unless both ends are fixed: uPlot then draws no axis.
 */
export function valueRange(
  dataMin: number | null,
  dataMax: number | null,
  { thresholds, min, max }: Limits
): [number, number] | [null, null] {
  if (dataMin === null || dataMax === null) {
    return typeof min === 'number' && typeof max === 'number' ? [min, max] : [null, null];
  }
  const [low, high] = [dataMin, dataMax];
  const span = high - low || Math.abs(high) * 0.2 || 1;
  const reach = Math.max(NEAR.spans * span, NEAR.share * Math.max(Math.abs(low), Math.abs(high)));
  const near = thresholds.map(({ value }) => value).filter((value) => value >= low - reach && value <= high + reach);
  const bottom = Math.min(low, ...near);
  const top = Math.max(high, ...near);
  const air = (top - bottom || span) * PAD;
  const isFlat = top === bottom;
  return [
    min ?? (bottom >= 0 && bottom - air < 0 ? 0 : bottom - (isFlat ? span / 2 : air)),
    max ?? top + (isFlat ? span / 2 : air),
  ];
}
