import { join } from 'node:path';
import type { Part } from '@evenkeel/toolkit';
import { findProgram } from '../parts/find.ts';
import type { ProgramName } from '../parts/programs.ts';
import { nodeFlagsOf } from '../processes/node-flags.ts';
import { processPart, type ProcessPlan } from '../processes/process-part.ts';
import { databasePart } from './database.ts';
import { CHECKOUT } from './deployment.ts';
import { grafanaPlan } from './grafana.ts';
import type { SystemOptions } from './system-options.ts';
import type { RunDirectory } from './run-directory.ts';

/**
 * Small enough for a memory problem of the warehouse to show within a minute. Node counts the young generation in when it
 * reports the limit, so that is kept small too.
 */
const WAREHOUSE_HEAP_FLAGS = ['--max-old-space-size=256', '--max-semi-space-size=4'];
const LOADING_DEADLINE_MS = 120_000;
/** What Node makes of our TypeScript is kept: from the second start on a daemon needs some 25 MB less, and starts sooner. */
const COMPILED = join(CHECKOUT, '.cache', 'compiled');

/** All parts of the system in the order in which they start: whatever a part needs stands before it. */
export function systemParts(options: SystemOptions): Part[] {
  return [
    databasePart(options),
    carrier(options),
    warehouse(options),
    exporter(options),
    prometheus(options),
    alertmanager(options),
    agent(options),
    driver(options),
    ...grafana(options),
  ];
}

function carrier(options: SystemOptions): Part {
  const { ports, deployment } = options;
  return ownProcess(options, 'carrier', {
    script: 'packages/demo/src/main.ts',
    args: [
      'carrier',
      `--web.listen-address=127.0.0.1:${ports.carrier}`,
      `--admin-token-file=${deployment.files.warehouseAdminToken}`,
    ],
    readyUrl: `http://127.0.0.1:${ports.carrier}/-/ready`,
  });
}

function warehouse(options: SystemOptions): Part {
  const { ports, deployment } = options;
  return ownProcess(options, 'warehouse', {
    nodeFlags: WAREHOUSE_HEAP_FLAGS,
    script: 'packages/demo/src/main.ts',
    args: [
      'serve',
      `--web.listen-address=${deployment.addresses.warehouse}`,
      `--carrier-url=http://127.0.0.1:${ports.carrier}`,
      `--database-url-file=${deployment.files.databaseUrl}`,
      `--admin-token-file=${deployment.files.warehouseAdminToken}`,
    ],
    readyUrl: `http://${deployment.addresses.warehouse}/-/ready`,
    readyDeadlineMs: LOADING_DEADLINE_MS,
  });
}

function exporter(options: SystemOptions): Part {
  return ownProcess(options, 'exporter', {
    script: 'exporter/src/main.ts',
    args: [`--config.file=${options.run.file('config/exporter.yml')}`],
    readyUrl: `http://${options.deployment.addresses.exporter}/-/ready`,
  });
}

function agent(options: SystemOptions): Part {
  return ownProcess(options, 'rule agent', {
    script: 'rule-agent/src/main.ts',
    args: [`--config.file=${options.run.file('config/agent.yml')}`],
    env: {
      EVENKEEL_RULE_MODE: 'auto',
      EVENKEEL_RULE_FOR: '14s',
      EVENKEEL_RULE_SETTLE: '40s',
      EVENKEEL_RULE_WINDOW: '30s',
      // A signal of the demo is a rate over 30 s, and what waits in the queue when it is switched has to be answered first.
      EVENKEEL_SLOW_API_SETTLE: '48s',
      EVENKEEL_SLOW_API_WINDOW: '6s',
      EVENKEEL_SLOW_API_BLOCKS: '6',
      // The demo is too young to have baselines when its first episode is played.
      EVENKEEL_RULE_WHEN_LEARNING: 'act',
    },
    readyUrl: `http://${options.deployment.addresses.agent}/-/healthy`,
  });
}

function driver(options: SystemOptions): Part {
  return ownProcess(options, 'order driver', {
    script: 'packages/demo/src/main.ts',
    args: [
      'drive',
      `--api-url=http://${options.deployment.addresses.warehouse}`,
      `--days-per-minute=${options.daysPerMinute}`,
    ],
    mayFinish: true,
  });
}

function prometheus(options: SystemOptions): Part {
  const { run, deployment } = options;
  return foreignProcess(options, 'prometheus', {
    args: [
      `--config.file=${run.file('config/prometheus.yml')}`,
      `--storage.tsdb.path=${run.file('data/prometheus')}`,
      `--web.listen-address=${deployment.addresses.prometheus}`,
    ],
    readyUrl: `http://${deployment.addresses.prometheus}/-/ready`,
  });
}

function alertmanager(options: SystemOptions): Part {
  const { run, deployment } = options;
  return foreignProcess(options, 'alertmanager', {
    args: [
      `--config.file=${run.file('config/alertmanager.yml')}`,
      `--storage.path=${run.file('data/alertmanager')}`,
      `--web.listen-address=${deployment.addresses.alertmanager}`,
      // Empty: no cluster, so no second port on all interfaces.
      '--cluster.listen-address=',
    ],
    readyUrl: `http://${deployment.addresses.alertmanager}/-/ready`,
  });
}

function grafana(options: SystemOptions): Part[] {
  const { ports, run, deployment, report, grafana: program } = options;
  if (program === undefined) return [];
  const plan = async () => ({
    name: 'grafana',
    logFile: logFileOf(run, 'grafana'),
    ...(await grafanaPlan({ program, port: ports.grafana, run, deployment })),
  });
  return [processPart({ name: 'grafana', plan, report })];
}

type ProcessDetails = Omit<ProcessPlan, 'name' | 'command' | 'logFile'>;

/** A process of ours: a TypeScript file, run by the Node that runs us, with the flags of its first line if no others are given. */
function ownProcess(
  { run, report }: SystemOptions,
  name: string,
  details: ProcessDetails & { script: string; nodeFlags?: readonly string[] },
): Part {
  const { script, nodeFlags, args, env, ...rest } = details;
  const file = join(CHECKOUT, script);
  const plan = () =>
    Promise.resolve({
      name,
      command: process.execPath,
      args: [...(nodeFlags ?? nodeFlagsOf(file)), file, ...args],
      logFile: logFileOf(run, name),
      env: { NODE_COMPILE_CACHE: COMPILED, ...env },
      ...rest,
    });
  return processPart({ name, plan, report });
}

/** A program that is found or downloaded. */
function foreignProcess(options: SystemOptions, program: ProgramName, details: ProcessDetails): Part {
  const { cache, onDownload, run, report } = options;
  const plan = async () => {
    const { path, workingDirectory } = await findProgram(program, { cache, onDownload });
    return {
      name: program,
      command: path,
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      logFile: logFileOf(run, program),
      ...details,
    };
  };
  return processPart({ name: program, plan, report });
}

function logFileOf(run: RunDirectory, name: string): string {
  return run.file(join('logs', `${name.replaceAll(' ', '-')}.log`));
}
