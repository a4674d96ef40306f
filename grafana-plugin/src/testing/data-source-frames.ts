import { type DataFrame, dataFrameFromJSON, type DataFrameJSON } from '@grafana/data';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Target } from '../../preview/page/dashboard/shipped';
import { type ApiSeries } from './prometheus-frames';

/** A panel's queries, what Prometheus answered to each, and the frames that Grafana's data source made of it. */
export interface RecordedPanel {
  name: string;
  toMs: number;
  stepMs: number;
  targets: Target[];
  answers: Record<string, ApiSeries[]>;
  frames: DataFrame[];
}

export function recordedPanels(): RecordedPanel[] {
  const text = readFileSync(join(__dirname, '../../testdata/data-source-frames.json'), 'utf8');
  const panels = JSON.parse(text) as Array<Omit<RecordedPanel, 'frames'> & { frames: DataFrameJSON[] }>;
  return panels.map((panel) => ({ ...panel, frames: panel.frames.map((frame) => dataFrameFromJSON(frame)) }));
}
