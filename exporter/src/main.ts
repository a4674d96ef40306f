#!/usr/bin/env -S node --max-semi-space-size=8
import { runProgram } from '@evenkeel/toolkit';
import { exporterProgram } from './commands/index.ts';
import { readVersion } from './version.ts';

await runProgram(exporterProgram(readVersion()));
