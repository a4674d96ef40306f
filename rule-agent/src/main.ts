#!/usr/bin/env -S node --max-semi-space-size=6 --heap-growing-percent=40
import { EXIT_FAILED, EXIT_OK, readPackageVersion, readWebConfig, runProgram } from '@evenkeel/toolkit';
import { check } from './commands/check.ts';
import { agentCommandLine } from './commands/command-line.ts';
import { explain } from './commands/explain.ts';
import { runJournalCommand } from './commands/journal.ts';
import { run } from './commands/run.ts';
import { testRules } from './commands/test.ts';
import { token } from './commands/token.ts';

const version = readPackageVersion(new URL('../', import.meta.url));
const write = (text: string) => void process.stdout.write(text);

await runProgram(agentCommandLine(version), async ({ command, operands, values }) => {
  const { env } = process;
  if (command === 'run' && !values['config.check']) return run({ flags: values, env, version });
  if (command === 'test') return (await testRules(operands, write)).failed ? EXIT_FAILED : EXIT_OK;
  if (command === 'journal') return runJournalCommand(operands, values, env);
  if (command === 'token') {
    write(await token({ flags: values, operands, env }));
    return EXIT_OK;
  }
  if (command === 'explain') {
    write(await explain(operands, values, env));
    return EXIT_OK;
  }
  if (values['web.config.file'] !== undefined) readWebConfig(values['web.config.file']);
  write(check(values['config.file'], env));
  return EXIT_OK;
});
