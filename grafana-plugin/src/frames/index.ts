export { METRIC, type Metric } from './contract';
export { type EpisodeLine } from './episode-lines';
export { type EpisodeRow, type Measured } from './episodes-frame';
export { type Mark, readMarks } from './marks';
export { lacking, type Need, NEEDS, type ViewName, VIEWS } from './needs';
export { readAnswer, readFrames } from './read-frames';
export { LAST_TIME_MS } from './samples';
export { firstSample, labelsKey, lastSample, type Sample, type Series } from './series';
export { type SeriesSet } from './series-set';
