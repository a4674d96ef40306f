import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

export interface AgentFiles {
  directory: string;
  prometheusUrl: string;
  /** Where its actions go. */
  systemUrl: string;
  rules: readonly object[];
  /** Keys of agent.yml beside those. */
  limits?: object;
}

/** Writes an agent's configuration and rules; returns the path of its agent.yml. */
export function writeAgentFiles({ directory, prometheusUrl, systemUrl, rules, limits }: AgentFiles): string {
  mkdirSync(directory, { recursive: true });
  const requests = {
    'clear-cache': { method: 'PUT', path: '/caches/${target.job}', body: { state: 'cold' } },
  };
  const config = {
    prometheus: { url: prometheusUrl },
    rules: ['rules.yml'],
    journal: { path: 'journal.db' },
    systems: { shop: { http: { url: systemUrl, requests } } },
    ...limits,
  };
  writeFileSync(join(directory, 'agent.yml'), stringify(config));
  writeFileSync(join(directory, 'rules.yml'), stringify({ rules }));
  return join(directory, 'agent.yml');
}

/** The action of every rule of the bench. */
export const CLEAR_CACHE = { http: { system: 'shop', name: 'clear-cache' } };
