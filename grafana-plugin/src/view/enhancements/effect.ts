import { type GrafanaTheme2 } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { type Episode } from '../../model/enhancements';
import { type Display, displayOf, textOf } from '../format';

/** A value of the signal, in its unit. */
export type ToText = (value: number) => string;

/** Of an effect: positive is better. */
export function signed(value: number, text: ToText): string {
  return `${value > 0 ? '+' : ''}${text(value)}`;
}

/** How values of the signal of an episode are written; undefined where no table of episodes gave it. */
export function displayOfEpisode(
  { unit, row }: Episode,
  theme: GrafanaTheme2,
  timeZone: TimeZone
): Display | undefined {
  return row && displayOf({ ...row.field, config: {}, labels: {} }, { theme, timeZone }, unit);
}

/** `+310 ms (240 ms to 390 ms)`: the effect on the signal, positive where it helped; empty when it was not measured. */
export function effectText(episode: Episode, theme: GrafanaTheme2, timeZone: TimeZone): string {
  const { estimate, interval } = episode;
  const display = displayOfEpisode(episode, theme, timeZone);
  if (estimate === undefined || display === undefined) {
    return '';
  }
  const text = (value: number) => signed(value, (plain) => textOf(display(plain)));
  return interval === undefined ? text(estimate) : `${text(estimate)} (${text(interval[0])} to ${text(interval[1])})`;
}
