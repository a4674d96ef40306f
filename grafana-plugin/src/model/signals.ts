import { METRIC, type SeriesSet } from '../frames';

export type Direction = 'lower' | 'higher' | 'band';

/** What is known of a signal besides its values; without its description, its name has to do. */
export interface SignalInfo {
  title: string;
  direction: Direction | undefined;
  unit: string | undefined;
}

export type SignalBook = (signal: string) => SignalInfo;

/** Titles and directions, from `evenkeel:signal:info` where it is there. */
export function signalBook(set: SeriesSet): SignalBook {
  const known = new Map(set.of(METRIC.signalInfo).map(({ labels }) => [labels.signal, labels]));
  return (signal) => {
    const labels = known.get(signal);
    return {
      title: labels?.title ?? titleOf(signal),
      direction: directionOf(labels?.direction),
      unit: labels?.unit,
    };
  };
}

/** `api_latency_p95_seconds` -> `Api latency p95`: the unit is shown with the value. */
export function titleOf(name: string): string {
  if (name === '') {
    return 'Signal';
  }
  const words = name.replace(/_(seconds|bytes|ratio|total)$/, '').replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function directionOf(text: string | undefined): Direction | undefined {
  return text === 'lower' || text === 'higher' || text === 'band' ? text : undefined;
}
