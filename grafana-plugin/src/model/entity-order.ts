import { LOW_SCORE } from '@evenkeel/signals';
import { type ScoreState } from './score';

/** Where an entity stands among others: by its place, and at the same place by how low it may be. */
export interface Rank {
  place: number;
  low: number;
}

/**
 * Worst first: what is known to be low, then what is not known, then what is known to be sound. A score below that of the alert
 * on low scores is low; so is one that is withheld and cannot be above it. Of what is not known, that of which least is known
 * comes first: it could be the worst.
 */
export function rankOf(state: ScoreState): Rank {
  const [low, high] = endsOf(state);
  // The best that it can be; what could be low stands no later than where low ends.
  return { place: low < LOW_SCORE ? Math.min(high, LOW_SCORE) : high, low };
}

export function compareRanks(a: Rank, b: Rank): number {
  return a.place - b.place || a.low - b.low;
}

function endsOf(state: ScoreState): readonly [number, number] {
  if (state.status === 'scored') {
    return [state.score, state.score];
  }
  return state.status === 'withheld' ? state.interval : [0, 100];
}
