import { useTheme2 } from '@grafana/ui';
import React from 'react';

interface Props {
  estimate: number;
  interval: readonly [number, number] | undefined;
  /** What the ends of the axis stand for: minus and plus this. */
  reach: number;
  color: string;
}

const WIDTH = 64;
const HEIGHT = 12;

/** An effect and its interval about zero, as in a forest plot. The text beside it says the same. */
export function IntervalPlot({ estimate, interval, reach, color }: Props) {
  const theme = useTheme2();
  const x = (value: number) => WIDTH / 2 + (value / (reach || 1)) * (WIDTH / 2 - 3);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} stroke={theme.colors.border.strong} />
      {interval !== undefined && (
        <line
          x1={x(interval[0])}
          x2={x(interval[1])}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
          stroke={color}
          strokeWidth={2}
          opacity={0.6}
        />
      )}
      <circle cx={x(estimate)} cy={HEIGHT / 2} r={3} fill={color} />
    </svg>
  );
}
