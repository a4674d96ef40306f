import type { Program } from '@evenkeel/toolkit';
import { checkCommand } from './check.ts';
import { queryCommand } from './query.ts';
import { reconcileCommand } from './reconcile.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';

/** `evenkeel-exporter` with every command that it has. */
export function exporterProgram(version: string): Program {
  return {
    name: 'evenkeel-exporter',
    version,
    summary: 'one Prometheus exporter for hosts, inventory databases and HTTP APIs',
    standard: 'run',
    commands: [runCommand, checkCommand, queryCommand, schemaCommand, reconcileCommand],
    envPrefix: 'EVENKEEL_EXPORTER',
    examples: [
      'evenkeel-exporter                                          measure this host, on 127.0.0.1:9850',
      'evenkeel-exporter --config.file=exporter.yml               hosts, databases and probes',
      'evenkeel-exporter check --config.file=exporter.yml         show every mistake with line and column',
      'evenkeel-exporter --no-collector.hostfacts --web.listen-address=127.0.0.1:19850',
    ],
  };
}
