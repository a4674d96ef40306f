export { historyPrometheus } from './history-prometheus.ts';
export type { RecordedSample, RecordedSeries } from './recorded-series.ts';
export { type SignalSeries, seriesPrometheus, type WrittenSeries } from './series-prometheus.ts';
export { simulate, type Simulation, type Turn } from './simulate.ts';
export { simulatedAction } from './simulated-action.ts';
