import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Random } from './random.ts';

const WATCHERS = readFileSync(join(import.meta.dirname, '../../../../provisioning/watchers.yml'), 'utf8');
const WEEKS_OF_A_YEAR = 52;

/** The bound of EvenkeelAgentVerdictsUnreliable: so many and such a share of those that were judged in a week. */
const [fixed, share] = /improved"\}.*?\n\s+> ([\d.]+) \+ ([\d.]+) \* sum/s
  .exec(WATCHERS)!
  .slice(1)
  .map(Number);

interface Stream {
  /** The share of untouched firings that are called improved. */
  called: number;
  firingsAWeek: number;
  years: number;
}

/** In which weeks the alert would begin to fire, were it looked at after every verdict. */
function alarms({ called, firingsAWeek, years }: Stream): number[] {
  const random = new Random(1);
  const atWeek: number[] = [];
  const improved: boolean[] = [];
  const begun: number[] = [];
  let [first, count, quietFrom] = [0, 0, 0];
  for (let now = 0; now < years * WEEKS_OF_A_YEAR; now -= Math.log(1 - random.uniform()) / firingsAWeek) {
    atWeek.push(now);
    improved.push(random.uniform() < called);
    count += Number(improved.at(-1));
    for (; atWeek[first]! <= now - 1; first++) count -= Number(improved[first]);
    if (count <= fixed! + share! * (atWeek.length - first)) continue;
    if (now >= quietFrom) begun.push(now);
    quietFrom = now + 1;
  }
  return begun;
}

describe('the alert that verdicts cannot be relied on', () => {
  it.each([20, 60, 100])(
    'is not raised by chance in a hundred years of %i firings a week',
    (firingsAWeek) => {
      expect(alarms({ called: 0.05, firingsAWeek, years: 100 })).toEqual([]);
    },
  );

  it.each([60, 100])(
    'is raised within a month when three in twenty of %i are called improved',
    (firingsAWeek) => {
      expect(alarms({ called: 0.15, firingsAWeek, years: 1 })[0]).toBeLessThan(4);
    },
  );
});
