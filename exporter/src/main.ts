#!/usr/bin/env -S node --max-semi-space-size=8
import { EXIT_FAILED, EXIT_OK, runProgram } from '@evenkeel/toolkit';
import { checkConfig } from './commands/check.ts';
import { commandLine } from './commands/command-line.ts';
import { runQuery } from './commands/query.ts';
import { reconcile } from './commands/reconcile.ts';
import { run } from './commands/run.ts';
import { configJsonSchema } from './commands/schema.ts';
import { readVersion } from './version.ts';

await runProgram(commandLine(readVersion()), async ({ command, operands, values }) => {
  if (command === 'run' && !values['config.check']) return run(values, process.env);
  if (command === 'reconcile') {
    const { text, differs } = await reconcile(values['config.file'], process.env);
    process.stdout.write(text);
    return differs ? EXIT_FAILED : EXIT_OK;
  }
  if (command === 'query') {
    const { text, isWhole } = await runQuery({
      file: values['config.file'],
      name: operands[0],
      env: process.env,
    });
    process.stdout.write(text);
    return isWhole ? EXIT_OK : EXIT_FAILED;
  }
  const files = { config: values['config.file'], webConfig: values['web.config.file'] };
  const text = command === 'schema' ? configJsonSchema() : checkConfig(files, process.env);
  process.stdout.write(text);
  return EXIT_OK;
});
