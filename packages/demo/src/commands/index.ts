import type { Program } from '@evenkeel/toolkit';
import { carrierCommand } from './carrier.ts';
import { driveCommand } from './drive.ts';
import { loadCommand } from './load.ts';
import { VERSION } from './options.ts';
import { serveCommand } from './serve.ts';

/** The demo warehouse: its programs, each a command. */
export const demoProgram: Program = {
  name: 'evenkeel-demo',
  version: VERSION,
  summary: 'the demo warehouse, one program a command',
  commands: [serveCommand, carrierCommand, driveCommand, loadCommand],
  envPrefix: 'EVENKEEL_DEMO',
};
