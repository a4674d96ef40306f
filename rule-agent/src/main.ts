#!/usr/bin/env -S node --max-semi-space-size=6 --heap-growing-percent=60
import { readPackageVersion, runProgram } from '@evenkeel/toolkit';
import { agentProgram } from './commands/index.ts';

await runProgram(agentProgram(readPackageVersion(new URL('../', import.meta.url))));
