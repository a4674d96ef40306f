import { type Measured } from '../../../frames';
import { type Episode } from '../../../model/enhancements';
import { percent } from '../../format';
import { signed, type ToText } from '../effect';

/** What a verdict was made of, line by line: a name, and figures in words. Empty where nothing was measured. */
export function figuresOf({ estimate, interval, row }: Episode, text: ToText): Array<[name: string, figures: string]> {
  const { measured } = row ?? {};
  if (measured === undefined || estimate === undefined) {
    return [];
  }
  const { observed, counterfactual, relative, minimum, smallestVisible } = measured;
  const share =
    relative === undefined ? undefined : `${percent(Math.abs(relative))} ${relative < 0 ? 'worse' : 'better'}`;
  const figures: Array<[string, string | undefined]> = [
    ['Seen on average', text(observed)],
    ['Expected without the action', text(counterfactual)],
    ['Effect', signed(estimate, text)],
    ['90 % interval', interval && `${signed(interval[0], text)} to ${signed(interval[1], text)}`],
    ['Of what was expected', share],
    ['Smallest effect that counts', minimum === undefined ? undefined : text(minimum)],
    ['Smallest that could be seen', smallestVisible === undefined ? undefined : text(smallestVisible)],
    comparisonOf(measured),
  ];
  return figures.map(([name, said]) => [name, said ?? 'cannot be told']);
}

function comparisonOf({ moments, lowered, blocks }: Measured): [string, string | undefined] {
  if (moments === undefined && blocks !== undefined) {
    return ['Switched on and off', `in ${blocks} blocks`];
  }
  const milder = lowered ? ', most of them milder' : '';
  return ['Compared firings, left alone', moments === undefined ? undefined : `${moments}${milder}`];
}
