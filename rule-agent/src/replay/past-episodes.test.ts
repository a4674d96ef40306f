import { expect, it } from '@jest/globals';
import { buildDecided, T0, warehouse } from '../../test/build.ts';
import { targetKey } from '../model/target.ts';
import { episodesDuring, episodesWithoutFiring } from './past-episodes.ts';

const MINUTE_MS = 60_000;
const firing = {
  ...{ rule: 'slow-api', target: warehouse, targetKey: targetKey(warehouse), decided: [], suppressed: [] },
  ...{ startMs: T0, endMs: T0 + 10 * MINUTE_MS },
};
const episode = (id: string, minute: number, more = {}) =>
  buildDecided({ episode: id, at: T0 + minute * MINUTE_MS, ...more });
const elsewhere = { targetKey: targetKey({ job: 'shop' }) };

it('a firing has the episodes that began on its target while it lasted, or a step beside it', () => {
  const episodes = [
    ...[episode('before', -2), episode('just-before', -1), episode('within', 5)],
    ...[
      episode('other-rule', 10, { rule: 'other' }),
      episode('elsewhere', 5, elsewhere),
      episode('after', 12),
    ],
  ];
  expect(episodesDuring(firing, episodes, MINUTE_MS)).toEqual(['just-before', 'within', 'other-rule']);
  const { endMs: _end, ...open } = firing;
  expect(episodesDuring(open, episodes, 0)).toEqual(['within', 'other-rule', 'after']);
});

it('episodes of the replayed rules that no firing shows are told', () => {
  const episodes = [
    ...[episode('shown', 5), episode('not-shown', 30), episode('elsewhere', 5, elsewhere)],
    episode('not-replayed', 30, { rule: 'other' }),
  ];
  const missing = episodesWithoutFiring([firing], { episodes, rules: ['slow-api'], slackMs: MINUTE_MS });
  expect(missing.map(({ episode: id }) => id)).toEqual(['not-shown', 'elsewhere']);
});
