import { runProgram } from '@evenkeel/toolkit';
import { demoProgram } from './commands/index.ts';

await runProgram(demoProgram);
