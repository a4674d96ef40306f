import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { boundOn, type Side, type Signal } from '@evenkeel/signals';

export const GOOD = 'green';
export const WARN = 'orange';
export const BAD = 'red';
export const CALM = 'blue';
export const MUTED = 'text';

/** The colour of the lowest values, then each bound with the colour from there on. */
export interface Steps {
  from: string;
  steps: readonly (readonly [bound: number, color: string])[];
}

export const PLAIN: Steps = { from: CALM, steps: [] };
/** Of a score: 80 is where its alert ends, 50 where a critical signal caps it. */
export const SCORE: Steps = {
  from: BAD,
  steps: [
    [50, WARN],
    [80, GOOD],
  ],
};
/** Of points that a score loses to one signal. */
export const LOSS: Steps = {
  from: GOOD,
  steps: [
    [2, WARN],
    [10, BAD],
  ],
};
/** Of a count of bad things: none is good. */
export const NONE_IS_GOOD: Steps = { from: GOOD, steps: [[1, BAD]] };
/** Of 1 for yes and 0 for no. */
export const YES_IS_GOOD: Steps = { from: BAD, steps: [[1, GOOD]] };

export function thresholds({ from, steps }: Steps): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: from }, ...steps.map(([value, color]) => ({ value, color }))]);
}

/** The static thresholds of a signal as colours; a signal without them is plain. */
export function signalSteps({ warn, page, direction }: Signal): Steps {
  const [low, high] = [sideOf(direction, { warn, page }, 'Low'), sideOf(direction, { warn, page }, 'High')];
  if (low.length + high.length === 0) return PLAIN;
  const from = low[0]?.[1] ?? GOOD;
  // Each lower bound gives way to the colour of the next one, the last to good.
  const upwards = low.map(([bound], index) => [bound, low[index + 1]?.[1] ?? GOOD] as const);
  return { from, steps: [...upwards, ...high] };
}

/** The bounds on one side with the colour beyond them, from the lowest value up. */
function sideOf(
  direction: Signal['direction'],
  { warn, page }: Pick<Signal, 'warn' | 'page'>,
  side: Side,
): (readonly [number, string])[] {
  const bounds = (
    [
      [warn, WARN],
      [page, BAD],
    ] as const
  ).flatMap(([limit, color]) => {
    const bound = boundOn(side, direction, limit);
    return bound === undefined ? [] : [[bound, color] as const];
  });
  return side === 'Low' ? bounds.reverse() : bounds;
}

export function coloredBySteps(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

/** A fixed colour for every value, by its text: the same word has the same colour in every panel. */
export function words(
  values: readonly (readonly [value: string | number, text: string, color: string])[],
): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      values.map(([value, text, color], index) => [String(value), { text, color, index }]),
    ),
  };
}
