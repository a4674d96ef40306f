import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RANGE } from './answers.ts';
import { PANELS, type Panel } from './panels.ts';

const FILE = join(import.meta.dirname, '../../../grafana-plugin/testdata/data-source-frames.json');
const SAMPLES_BEFORE_THE_LAST = 2;

/** A frame in Grafana's JSON of them. */
export type Frame = Readonly<Record<'schema' | 'data', unknown>>;

/** What was asked, and for which time. */
export interface Asked extends Panel {
  name: string;
  fromMs: number;
  toMs: number;
  stepMs: number;
}

/** The same with what Grafana's front end made of the answers for the panel. */
export interface Recorded extends Asked {
  frames: readonly Frame[];
}

/** The panels as they are asked now. */
export function askedPanels(): Asked[] {
  const toMs = RANGE.endSeconds * 1_000;
  const stepMs = RANGE.stepSeconds * 1_000;
  const fromMs = toMs - SAMPLES_BEFORE_THE_LAST * stepMs;
  return Object.entries(PANELS).map(([name, panel]) => ({ name, fromMs, toMs, stepMs, ...panel }));
}

export function readRecording(): Recorded[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Recorded[];
}

/** A line for each query, series and frame, so that a difference can be read. */
export function writeRecording(panels: readonly Recorded[]): void {
  writeFileSync(FILE, `[${panels.map(panelText).join(',')}]\n`);
}

function panelText({ name, fromMs, toMs, stepMs, targets, answers, frames }: Recorded): string {
  const byQuery = (lists: Readonly<Record<string, readonly unknown[]>>) =>
    `{${Object.entries(lists)
      .map(([refId, list]) => `\n${JSON.stringify(refId)}: ${lines(list)}`)
      .join(',')}}`;
  return `{
"name": ${JSON.stringify(name)}, "fromMs": ${fromMs}, "toMs": ${toMs}, "stepMs": ${stepMs},
"targets": ${lines(targets)},
"answers": ${byQuery(answers)},
"frames": ${lines(frames)}
}`;
}

function lines(list: readonly unknown[]): string {
  return list.length === 0 ? '[]' : `[\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
}
