import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigDocument } from '@evenkeel/toolkit';
import { readCatalogue, readPlanned } from '../catalogue/catalogue.ts';
import { JsonFile } from './placed-file.ts';
import type { Metric } from '../catalogue/metric.ts';

/** Everything that asks Prometheus for something, and what there is to be asked for. */
export interface Project {
  catalogue: readonly Metric[];
  signals: ConfigDocument;
  /** Recording and alerting rules. */
  rules: ConfigDocument;
  agentRules: readonly ConfigDocument[];
  dashboards: readonly JsonFile[];
  /** Whether a file of the repository is there, by its path from the root. */
  exists: (path: string) => boolean;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PROVISIONING = join(ROOT, 'provisioning');

/** The files of this repository. Of the timings one is enough: they differ in durations only. */
export function readProject(): Project {
  return {
    catalogue: [...readCatalogue(), ...readPlanned()],
    signals: readYaml(join(PROVISIONING, 'signals.yml')),
    rules: readYaml(join(PROVISIONING, 'prometheus', 'rules', 'production.yml')),
    agentRules: filesIn(join(PROVISIONING, 'agent', 'rules'), '.yml').map(readYaml),
    dashboards: filesIn(join(PROVISIONING, 'grafana', 'dashboards'), '.json').map(
      (file) => new JsonFile(...named(file)),
    ),
    exists: (path) => existsSync(join(ROOT, path)),
  };
}

function filesIn(directory: string, ending: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(directory, name));
}

function readYaml(file: string): ConfigDocument {
  return new ConfigDocument(...named(file));
}

/** A file as it is called in findings, and its text. */
function named(file: string): [name: string, text: string] {
  return [relative(process.cwd(), file), readFileSync(file, 'utf8')];
}
