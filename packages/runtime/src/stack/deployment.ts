import { join } from 'node:path';
import {
  agentConfig,
  alertmanagerConfig,
  type Deployment,
  exporterConfig,
  loadSignalsFile,
  prometheusConfig,
  type SignalsFile,
} from '@evenkeel/provisioning';
import type { Signal, Timing } from '@evenkeel/signals';
import { EvenkeelError } from '@evenkeel/toolkit';
import { stringify } from 'yaml';
import type { Ports } from './ports.ts';
import type { RunDirectory } from './run-directory.ts';

export const CHECKOUT = join(import.meta.dirname, '..', '..', '..', '..');
const PROVISIONING = join(CHECKOUT, 'provisioning');

/** The system on loopback: every address, every file, and fresh tokens. */
export async function nativeDeployment(ports: Ports, run: RunDirectory): Promise<Deployment> {
  const at = (port: number) => `127.0.0.1:${port}`;
  return {
    timing: demoTiming(),
    addresses: {
      warehouse: at(ports.warehouse),
      exporter: at(ports.exporter),
      agent: at(ports.agent),
      prometheus: at(ports.prometheus),
      alertmanager: at(ports.alertmanager),
    },
    listen: { exporter: at(ports.exporter), agent: at(ports.agent) },
    files: {
      prometheusRules: join(PROVISIONING, 'prometheus', 'rules', 'demo.yml'),
      agentRules: join(PROVISIONING, 'agent', 'rules', '*.yml'),
      journal: run.file(join('data', 'journal.sqlite')),
      exporterState: run.file(join('data', 'exporter')),
      databaseUrl: run.file(join('secrets', 'database-url')),
      warehouseAdminToken: await run.writeSecret('warehouse-admin-token'),
      agentIngestToken: await run.writeSecret('agent-ingest-token'),
      agentOperatorToken: await run.writeSecret('agent-operator-token'),
      agentKillSwitch: run.file('kill-switch'),
    },
  };
}

/** Writes the configs of all parts into the run directory. */
export async function writeConfigs(deployment: Deployment, run: RunDirectory): Promise<void> {
  const configs = {
    prometheus: prometheusConfig(deployment),
    alertmanager: alertmanagerConfig(deployment),
    exporter: exporterConfig(deployment),
    agent: agentConfig(deployment),
  };
  for (const [name, config] of Object.entries(configs)) {
    await run.write(join('config', `${name}.yml`), stringify(config, { lineWidth: 0 }));
  }
}

/** A signal of provisioning/signals.yml by its name. */
export function demoSignal(name: string): Signal {
  const signal = signalsFile().signals.find((candidate) => candidate.name === name);
  if (signal === undefined)
    throw new EvenkeelError('CONFIG_INVALID', `provisioning/signals.yml has no signal ${name}`);
  return signal;
}

function demoTiming(): Timing {
  const timing = signalsFile().timings.demo;
  if (timing === undefined)
    throw new EvenkeelError('CONFIG_INVALID', 'provisioning/signals.yml has no timing demo');
  return timing;
}

function signalsFile(): SignalsFile {
  const result = loadSignalsFile(join(PROVISIONING, 'signals.yml'));
  if (!result.ok) throw new EvenkeelError('CONFIG_INVALID', result.text);
  return result.config;
}
