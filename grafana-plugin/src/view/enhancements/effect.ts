import { type GrafanaTheme2 } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { type Episode } from '../../model/enhancements';
import { displayOf, textOf } from '../format';

/** `+310 ms (240 ms to 390 ms)`: the effect on the signal, positive where it helped; empty when it was not measured. */
export function effectText(
  { estimate, interval, unit, row }: Episode,
  theme: GrafanaTheme2,
  timeZone: TimeZone
): string {
  if (estimate === undefined || row === undefined) {
    return '';
  }
  const plain = { ...row.field, config: {}, labels: {} };
  const display = displayOf(plain, { theme, timeZone }, unit);
  const text = (value: number) => `${value > 0 ? '+' : ''}${textOf(display(value))}`;
  return interval === undefined ? text(estimate) : `${text(estimate)} (${text(interval[0])} to ${text(interval[1])})`;
}
