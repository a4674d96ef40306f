import { compareRanks, rankOf } from './entity-order';
import { type ScoreState } from './score';

const scored = (score: number): ScoreState => ({ status: 'scored', score });
const withheld = (low: number, high: number): ScoreState => ({ status: 'withheld', interval: [low, high] });
const missing: ScoreState = { status: 'missing' };

const sorted = (states: ScoreState[]) => states.sort((a, b) => compareRanks(rankOf(a), rankOf(b)));

describe('rankOf', () => {
  it('puts what is not known after what is known to be low, and before what is known to be sound', () => {
    const states = [scored(98), missing, scored(80), withheld(35, 97), scored(79.9), scored(12)];
    expect(sorted(states)).toEqual([scored(12), scored(79.9), missing, withheld(35, 97), scored(80), scored(98)]);
  });

  it('puts one that is withheld among the low ones where it cannot be better', () => {
    expect(sorted([scored(70), withheld(10, 60), scored(50)])).toEqual([scored(50), withheld(10, 60), scored(70)]);
  });

  it('puts one that is withheld among the sound ones where it cannot be low', () => {
    expect(sorted([scored(99), withheld(82, 95), missing, scored(85)])).toEqual([
      missing,
      scored(85),
      withheld(82, 95),
      scored(99),
    ]);
  });
});
