import { LOW_SCORE } from '@evenkeel/signals';
import { type ScoreState } from './score';

/**
 * Worst first: what is known to be low, then what is not known, then what is known to be sound. A score below that of the alert
 * on low scores is low; so is one that is withheld and cannot be above it. Of what is not known, that of which least is known
 * comes first: it could be the worst.
 */
export function worstFirst(a: ScoreState, b: ScoreState): number {
  const [lowA, highA] = endsOf(a);
  const [lowB, highB] = endsOf(b);
  return placeOf(lowA, highA) - placeOf(lowB, highB) || lowA - lowB;
}

function endsOf(state: ScoreState): readonly [number, number] {
  if (state.status === 'scored') {
    return [state.score, state.score];
  }
  return state.status === 'withheld' ? state.interval : [0, 100];
}

/** The best that it can be; what could be low stands no later than where low ends. */
function placeOf(low: number, high: number): number {
  return low < LOW_SCORE ? Math.min(high, LOW_SCORE) : high;
}
