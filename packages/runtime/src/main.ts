import { parseCommandLine } from '@evenkeel/toolkit';
import { runSystem } from './app.ts';
import { commandLine } from './command-line.ts';
import { findEpisode } from './episodes/episode.ts';
import { readPorts } from './stack/ports.ts';
import { createReporter, type Reporter } from './terminal/reporter.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(argv: readonly string[], reporter: Reporter): Promise<number> {
  const options = readOptions(argv, reporter);
  if (options === undefined) return process.exitCode === undefined ? 0 : EXIT_USAGE;
  try {
    return await runSystem(options);
  } catch (error) {
    reporter.fail(error);
    return EXIT_FAILED;
  }
}

function readOptions(argv: readonly string[], reporter: Reporter) {
  try {
    const parsed = parseCommandLine(commandLine, argv, process.env);
    if (parsed.kind === 'print') {
      process.stdout.write(parsed.text);
      return undefined;
    }
    const { values } = parsed.invocation;
    return {
      reporter,
      ports: readPorts(values),
      daysPerMinute: values['days-per-minute'],
      databaseUrlFile: values['database-url-file'],
      episode: values.episode === undefined ? undefined : findEpisode(values.episode),
    };
  } catch (error) {
    reporter.fail(error);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2), createReporter(process.stdout));
