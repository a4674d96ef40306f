import React, { useMemo } from 'react';
import { type Series } from '../frames';
import { gapsIn } from '../model/gaps';

interface Props {
  series: Pick<Series, 'timesMs' | 'values'>;
  width: number;
  height: number;
  color: string;
  fromMs: number;
  toMs: number;
}

const MOST_POINTS = 200;
const PAD_PX = 2;
/** A score that moves by less than this looks flat. */
const LEAST_SPAN = 5;

/** A line without axes; decoration: what it says is in the figures beside it and in the table. */
export function Sparkline({ series, width, height, color, fromMs, toMs }: Props) {
  const path = useMemo(
    () => sparklinePath(series, { width, height, fromMs, toMs }),
    [series, width, height, fromMs, toMs]
  );
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
      style={{ display: 'block', overflow: 'visible' }}
    >
      <path d={path} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

interface Frame {
  width: number;
  height: number;
  fromMs: number;
  toMs: number;
}

/** An SVG path with a break at each gap. */
export function sparklinePath({ timesMs, values }: Props['series'], { width, height, fromMs, toMs }: Frame): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || toMs <= fromMs) {
    return '';
  }
  const [low, high] = rangeOf(known);
  const stride = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const parts: string[] = [];
  const gaps = gapsIn(timesMs);
  let pen: 'M' | 'L' = 'M';
  for (let index = (values.length - 1) % stride; index < values.length; index += stride) {
    const value = values[index]!;
    if (value === null || gaps.some((gap) => gap > index - stride && gap <= index)) {
      pen = 'M';
    }
    if (value === null) {
      continue;
    }
    const x = ((timesMs[index]! - fromMs) / (toMs - fromMs)) * width;
    const y = PAD_PX + (1 - (value - low) / (high - low)) * (height - 2 * PAD_PX);
    parts.push(`${pen}${x.toFixed(1)} ${y.toFixed(1)}`);
    pen = 'L';
  }
  return parts.length === 1 ? `${parts[0]}h0.01` : parts.join('');
}

function rangeOf(known: readonly number[]): [number, number] {
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const missing = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [low - missing, high + missing];
}
