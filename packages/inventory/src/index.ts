export { type Dialect, DIALECTS, type StampKind } from './events/dialect.ts';
export { eventReadings } from './events/event-readings.ts';
export { type EventRow, readEventRow, toNumber } from './events/event-row.ts';
export { EventSql, type StampKinds } from './events/event-sql.ts';
export {
  type Bucket,
  Ledger,
  type LedgerOptions,
  LedgerStale,
  type LedgerState,
  type ReadMark,
} from './events/ledger.ts';
export { LEDGER_VERSION, ledgerFromJson, ledgerToJson } from './events/ledger-json.ts';
export { readTotals } from './events/read-totals.ts';
export { type LabelTotals, Tally } from './events/tally.ts';
export type { DialectName } from './model/dialect-name.ts';
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
export type { AbsentFigure, EventQuery, Profile, ProfileQuery, ValueColumn } from './profiles/profile.ts';
