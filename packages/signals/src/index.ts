export { type AlertingRule, alertName, type RecordingRule, recordingRule, thresholdAlerts } from './rules.ts';
export {
  type Direction,
  type Severity,
  type Signal,
  SIGNAL_VALUE,
  signalSelector,
  type Timing,
} from './signal.ts';
