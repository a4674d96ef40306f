import { runProgram } from '@evenkeel/toolkit';
import { startProgram } from './command-line.ts';

// `npm start | head` closes our output; that is no reason to leave the system without its launcher.
process.stdout.on('error', () => undefined);

await runProgram(startProgram);
