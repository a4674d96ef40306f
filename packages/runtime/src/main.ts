import { runProgram } from '@evenkeel/toolkit';
import { runSystem } from './app.ts';
import { commandLine } from './command-line.ts';
import { findEpisode } from './episodes/episode.ts';
import { readPorts } from './stack/ports.ts';
import { createReporter } from './terminal/reporter.ts';

// `npm start | head` closes our output; that is no reason to leave the system without its launcher.
process.stdout.on('error', () => undefined);

await runProgram(commandLine, ({ values }) =>
  runSystem({
    reporter: createReporter(process.stdout),
    ports: readPorts(values),
    daysPerMinute: values['days-per-minute'],
    withGrafana: values.grafana,
    withPreview: values.preview,
    databaseUrlFile: values['database-url-file'],
    episode: values.episode === undefined ? undefined : findEpisode(values.episode),
  }),
);
