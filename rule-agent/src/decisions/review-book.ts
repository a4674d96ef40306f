import { LOOKS, type VerdictReviewed } from '../model/event.ts';
import type { OpenEpisode, Results } from '../model/history.ts';
import type { HistoryBook } from './history-book.ts';
import { trackFor } from './track-book.ts';

/** An action that improved its signal is looked at again; one whose times are not known cannot be. */
export function awaitReview(history: HistoryBook, episode: OpenEpisode): void {
  const { decided, startedAtMs, settlesAtMs, measuredAtMs } = episode;
  if (startedAtMs === undefined || settlesAtMs === undefined || measuredAtMs === undefined) return;
  const times = { startedAtMs, settlesAtMs, measuredAtMs };
  history.reviews.set(decided.episode, { decided, ...times, look: LOOKS[0] });
}

/** What faded was no help: what it had wiped out counts again, and it counts itself. */
export function recordReviewed(history: HistoryBook, { episode, look, verdict }: VerdictReviewed): void {
  const review = history.reviews.get(episode);
  if (review === undefined) return;
  const next = LOOKS.find((later) => later > look);
  if (verdict === 'improved' && next !== undefined) history.reviews.set(episode, { ...review, look: next });
  else history.reviews.delete(episode);
  if (verdict === 'improved') return;
  const track = trackFor(history, review.decided);
  track.results = takenBack(track.results, episode);
}

/** Nothing is to be taken back when another has helped since, or a person has given the rule another chance. */
function takenBack({ wiped, ...results }: Results, episode: string): Results {
  if (wiped?.episode !== episode) return { ...results, ...(wiped && { wiped }) };
  return {
    ...results,
    worsened: wiped.worsened + results.worsened,
    useless: wiped.useless + 1 + results.useless,
  };
}
