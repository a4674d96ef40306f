import { defineCommand, type Options, type Program } from '@evenkeel/toolkit';
import { runSystem } from './app.ts';
import { EPISODES, findEpisode } from './episodes/episode.ts';
import { PORTS, readPorts } from './stack/ports.ts';
import { createReporter } from './terminal/reporter.ts';

type PortFlag = (typeof PORTS)[keyof typeof PORTS]['flag'];

const portOptions = Object.fromEntries(
  Object.entries(PORTS).map(([name, { standard, flag }]) => [
    flag,
    { type: 'text', about: `port of ${name} on 127.0.0.1`, placeholder: 'port', default: String(standard) },
  ]),
) as unknown as Record<PortFlag, { type: 'text'; about: string; default: string }>;

const OPTIONS = {
  episode: {
    type: 'text',
    about: `play one incident by itself and exit: ${EPISODES.map(({ name }) => name).join(', ')}`,
    placeholder: 'name',
  },
  'days-per-minute': {
    type: 'text',
    about: 'trading days that the demo plays in a minute',
    placeholder: 'number',
    default: '1',
  },
  'database-url-file': {
    type: 'text',
    about: 'file with the URL of a PostgreSQL to use instead of the one from npm',
    placeholder: 'file',
  },
  grafana: { type: 'flag', about: 'start the Grafana that is on PATH, if there is one', default: true },
  preview: {
    type: 'flag',
    about: 'build and serve the page that shows the panel without Grafana',
    default: true,
  },
  ...portOptions,
} as const satisfies Options;

/** `npm start`, which is one command: what it does, and what its --help shows. */
export const startProgram: Program = {
  name: 'npm start --',
  version: '0.1.0',
  summary: 'runs all of Evenkeel on this machine, on loopback, on real orders, until ctrl-C',
  standard: '',
  commands: [
    defineCommand({
      name: '',
      summary: 'run all of it',
      options: OPTIONS,
      exits: {
        0: 'stopped, or the episode went as it should',
        1: 'a part did not start, ended, or the episode failed',
      },
      run: ({ values }) =>
        runSystem({
          reporter: createReporter(process.stdout),
          ports: readPorts(values),
          daysPerMinute: values['days-per-minute'],
          withGrafana: values.grafana,
          withPreview: values.preview,
          databaseUrlFile: values['database-url-file'],
          episode: values.episode === undefined ? undefined : findEpisode(values.episode),
        }),
    }),
  ],
  envPrefix: 'EVENKEEL',
  examples: ['npm start', 'npm start -- --episode slow-api', 'npm start -- --prometheus-port=19090'],
};
