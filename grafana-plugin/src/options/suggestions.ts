import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { lacking, readFrames, type ViewName, VIEWS } from '../frames';
import { type OperationsOptions } from './options';

type Suggestion = VisualizationSuggestion<OperationsOptions>;

const NAMES: Readonly<Record<ViewName, string>> = {
  score: 'Score and what costs points',
  trends: 'Trends within their normal range',
  alerts: 'Alerts, worst first',
  enhancements: 'Enhancements and verdicts',
  entities: 'Sites and services, worst first',
};

const { Best: BEST } = VisualizationSuggestionScore;

/** One suggestion for each view that the frames can fill, and one for all of them; none for data that are not ours. */
export function suggestionsFor(frames: readonly DataFrame[]): Suggestion[] {
  const set = readFrames(frames, { queries: [], atMs: 0 });
  const views = VIEWS.filter((view) => !lacking(view, set).some(({ essential }) => essential));
  if (views.length === 0) {
    return [];
  }
  const single = views.map((view): Suggestion => ({ name: NAMES[view], options: { views: [view] }, score: BEST }));
  return views.length === 1 ? single : [{ name: 'Operations', options: { views: [] }, score: BEST }, ...single];
}

interface Summary {
  rawFrames?: readonly DataFrame[];
}

interface Builder {
  data?: { series?: readonly DataFrame[] };
  dataSummary?: Summary;
  getListAppender: (defaults: object) => { append: (suggestion: object) => void };
}

/** Grafana 12.3 calls a method of an object with a list to append to; later ones call a function. This is both. */
export const suggestionsSupplier = Object.assign(
  (summary: Summary): Suggestion[] => suggestionsFor(summary.rawFrames ?? []),
  {
    getSuggestionsForData(builder: Builder): void {
      const list = builder.getListAppender({ name: 'Operations', pluginId: 'evenkeel-operations-panel', options: {} });
      suggestionsFor(builder.data?.series ?? builder.dataSummary?.rawFrames ?? []).forEach((each) => list.append(each));
    },
  }
);
