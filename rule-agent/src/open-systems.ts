import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretFile, type Secret } from '@evenkeel/toolkit';
import type { Systems } from './actions/index.ts';
import { openSqlDatabase } from './actions/kinds/sql/database.ts';
import type { ConfiguredSystem } from './config/index.ts';
import { PAGERDUTY_URL } from './config/systems/notify.ts';
import { createEndpoint, type Endpoint } from './http/endpoint.ts';

export interface OpenSystems {
  systems: Systems;
  close: () => Promise<void>;
}

const MAX_BYTES = 64 * 1024;
/** Silences stay listed for days after they ended. */
const LISTS_MAX_BYTES = 4 * 1024 * 1024;

/** Makes a client for each system; nothing is connected before it is used. */
export function openSystems(configured: Readonly<Record<string, ConfiguredSystem>>): OpenSystems {
  const opened = Object.entries(configured).map(([name, system]) => openOne(name, system));
  const merge = <Key extends keyof Systems>(key: Key) =>
    Object.assign({}, ...opened.map(({ systems }) => systems[key] ?? {})) as Systems[Key];
  return {
    systems: {
      knobs: merge('knobs'),
      http: merge('http'),
      sql: merge('sql'),
      replenish: merge('replenish'),
      clusters: merge('clusters'),
      alertmanagers: merge('alertmanagers'),
      grafanas: merge('grafanas'),
      messengers: merge('messengers'),
    },
    async close() {
      await Promise.all(opened.map(({ close }) => close()));
    },
  };
}

interface Opened {
  systems: Partial<Systems>;
  close: () => Promise<void>;
}

function openOne(name: string, system: ConfiguredSystem): Opened {
  const { knobs, http, sql, replenish, kubernetes, alertmanager, grafana, notify } = system;
  const at = (endpoint: Endpoint, systems: Partial<Systems>): Opened => ({
    systems,
    close: () => endpoint.close(),
  });
  if (knobs !== undefined) {
    const endpoint = openEndpoint(system, knobs);
    return at(endpoint, { knobs: { [name]: endpoint } });
  }
  if (http !== undefined) {
    const endpoint = openEndpoint(system, http.url);
    return at(endpoint, { http: { [name]: { ...http, endpoint } } });
  }
  if (replenish !== undefined) {
    const endpoint = openEndpoint(system, replenish.url);
    return at(endpoint, { replenish: { [name]: { ...replenish, endpoint } } });
  }
  if (kubernetes !== undefined) {
    const endpoint = openCluster(system, kubernetes);
    return at(endpoint, { clusters: { [name]: { ...kubernetes, endpoint } } });
  }
  if (alertmanager !== undefined) {
    const endpoint = openEndpoint(system, alertmanager.url, LISTS_MAX_BYTES);
    return at(endpoint, { alertmanagers: { [name]: endpoint } });
  }
  if (grafana !== undefined) {
    const endpoint = openEndpoint(system, grafana.url);
    return at(endpoint, { grafanas: { [name]: endpoint } });
  }
  if (sql !== undefined) return openSql(name, system, sql);
  return openMessenger(name, system, notify!);
}

function openEndpoint(system: ConfiguredSystem, url: string, maxBytes = MAX_BYTES): Endpoint {
  const { token, timeout: timeoutMs, networks = [], ca } = system;
  return createEndpoint({ url, timeoutMs, maxBytes, networks, ca: ca?.reveal(), token: () => token });
}

/** The token of a service account is replaced every hour or so: it is read at every request. */
function openCluster(
  system: ConfiguredSystem,
  { url, service_account: directory }: NonNullable<ConfiguredSystem['kubernetes']>,
): Endpoint {
  const { timeout: timeoutMs, networks = [], token } = system;
  const ca = system.ca ?? readIfThere(join(directory, 'ca.crt'));
  return createEndpoint({
    url,
    timeoutMs,
    networks,
    maxBytes: MAX_BYTES,
    ca: ca?.reveal(),
    token: () => token ?? readIfThere(join(directory, 'token')),
  });
}

function readIfThere(file: string): Secret | undefined {
  return existsSync(file) ? readSecretFile(file) : undefined;
}

function openSql(
  name: string,
  { timeout: timeoutMs, networks = [] }: ConfiguredSystem,
  { url, keys, statements }: NonNullable<ConfiguredSystem['sql']>,
): Opened {
  const database = openSqlDatabase({ url, timeoutMs, networks });
  return { systems: { sql: { [name]: { database, keys, statements } } }, close: () => database.close() };
}

function openMessenger(
  name: string,
  system: ConfiguredSystem,
  {
    format,
    url,
    routing_key: routingKey,
    honours_idempotency_key: honours,
  }: NonNullable<ConfiguredSystem['notify']>,
): Opened {
  const endpoint = openEndpoint(system, url?.reveal() ?? PAGERDUTY_URL);
  const messenger = { endpoint, format, routingKey, honoursIdempotencyKey: honours };
  return { systems: { messengers: { [name]: messenger } }, close: () => endpoint.close() };
}
