import { type CommandLine, LOG_OPTIONS, type Values, WEB_CONFIG_OPTION } from '@evenkeel/toolkit';
import { COLLECTOR_NAMES, type CollectorName, COLLECTORS } from '../model/collector-names.ts';

type CollectorFlag = `collector.${CollectorName}`;
type CollectorFlags = Record<CollectorFlag, { type: 'flag'; default: true; about: string }>;

const collectorFlags = Object.fromEntries(
  COLLECTOR_NAMES.map((name) => [
    `collector.${name}`,
    { type: 'flag', default: true, about: COLLECTORS[name] },
  ]),
) as CollectorFlags;

const options = {
  'config.file': {
    type: 'text',
    about: 'YAML config; without one, only this host is measured',
    placeholder: 'path',
  },
  'config.check': {
    type: 'flag',
    about: 'check the config and exit: 0 when it is right, 2 when it is not',
    env: false,
  },
  'web.listen-address': {
    type: 'list',
    about: 'address to listen on, instead of web.listen of the config; may be repeated',
    placeholder: 'host:port',
  },
  ...WEB_CONFIG_OPTION,
  ...collectorFlags,
  ...LOG_OPTIONS,
} as const;

export type ExporterFlags = Values<typeof options>;

export function commandLine(version: string): CommandLine<typeof options> {
  return {
    name: 'evenkeel-exporter',
    version,
    summary: 'one Prometheus exporter for hosts, inventory databases and HTTP APIs',
    commands: {
      run: 'serve /metrics',
      check: 'check the config and exit',
      query: 'query <name>: run one SQL query, or that of one figure, and show the series it gives',
      schema: 'print the JSON Schema of the config, for editors',
      reconcile: 'count all events from scratch, compare with the kept counts and exit: 1 when one differs',
    },
    options,
    envPrefix: 'EVENKEEL_EXPORTER',
    examples: [
      'evenkeel-exporter                                          measure this host, on 127.0.0.1:9850',
      'evenkeel-exporter --config.file=exporter.yml               hosts, databases and probes',
      'evenkeel-exporter check --config.file=exporter.yml         show every mistake with line and column',
      'evenkeel-exporter query inventory_skus --config.file=exporter.yml',
      'evenkeel-exporter --no-collector.hostfacts --web.listen-address=127.0.0.1:19850',
    ],
  };
}

/** The collectors that `--no-collector.<name>` switched off. */
export function disabledCollectors(flags: ExporterFlags): Set<CollectorName> {
  return new Set(COLLECTOR_NAMES.filter((name) => !flags[`collector.${name}`]));
}
