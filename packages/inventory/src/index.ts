export { findKpi, type HistogramKpi, type Kpi, KPIS, type ScalarKpi, SITE_LABEL } from './model/kpis.ts';
export {
  type HistogramReading,
  type HistogramSample,
  isHistogram,
  type KpiLabels,
  type KpiReading,
  type ScalarReading,
} from './model/reading.ts';
export type { Row } from './profiles/cells.ts';
export { loadProfile, loadProfileFile, PROFILE_NAMES, type ProfileName } from './profiles/load.ts';
export { type MappedRows, mapRows } from './profiles/map-rows.ts';
export type { Profile, ProfileQuery } from './profiles/profile.ts';
