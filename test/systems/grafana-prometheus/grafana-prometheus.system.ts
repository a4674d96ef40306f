import { beforeAll, describe, expect, it } from '@jest/globals';
import { install } from '../installation.ts';
import { framesOf } from './grafana.ts';
import {
  type Asked,
  askedPanels,
  type Frame,
  readRecording,
  type Recorded,
  writeRecording,
} from './recording.ts';

// The panel's own tests read the frames on file, so that they need neither Grafana nor its licence.
const panels = askedPanels();
let recorded: Map<string, Recorded>;
let made: Map<string, readonly Frame[]>;

beforeAll(() => {
  const home = install('grafana-prometheus', ['.npmrc', 'nothing']);
  if (process.env.UPDATE_GOLDEN === '1') record(home);
  const onFile = readRecording();
  recorded = new Map(onFile.map((each) => [each.name, each]));
  const frames = framesOf(onFile, home);
  made = new Map(onFile.map(({ name }, index) => [name, frames[index]!]));
}, 600_000);

function record(home: string): void {
  const frames = framesOf(panels, home);
  writeRecording(panels.map((panel, index) => ({ ...panel, frames: frames[index]! })));
}

describe("what Grafana's Prometheus data source gives a panel", () => {
  it('is on file for every panel that is asked for, and for no other', () => {
    const asked = [...recorded.values()].map(({ frames: _, ...panel }): Asked => panel);
    expect(asked).toEqual(panels);
  });

  it.each(panels.map(({ name }) => name))('is still what is on file: %s', (name) => {
    expect(made.get(name)).toEqual(recorded.get(name)!.frames);
  });
});
