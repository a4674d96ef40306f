import type { Clock } from '@evenkeel/toolkit';
import type { Systems } from './actions/index.ts';
import { type AgentConfig, endpointsOf, type PrometheusEndpoint } from './config/index.ts';
import type { Source } from './facts/index.ts';
import { createHttpClient } from './http/client.ts';
import { openSystems } from './open-systems.ts';
import { createPrometheus } from './prometheus/client.ts';

/** The agent's connections to others; there are no other ones. */
export interface Clients {
  /** Where facts are read, the preferred one first. */
  sources: readonly Source[];
  systems: Systems;
  close: () => Promise<void>;
}

const PROMETHEUS_MAX_BYTES = 32 * 1024 * 1024;

export function openClients(config: AgentConfig, clock: Clock): Clients {
  const { sources, close: closeSources } = openSources(config, clock);
  const { systems, close } = openSystems(config.systems);
  return {
    sources,
    systems,
    async close() {
      await Promise.all([closeSources(), close()]);
    },
  };
}

/** Where facts are read, alone. */
export function openSources(
  { prometheus }: Pick<AgentConfig, 'prometheus'>,
  clock: Clock,
): Pick<Clients, 'sources' | 'close'> {
  const opened = endpointsOf(prometheus).map((endpoint) => openSource(endpoint, clock));
  return {
    sources: opened.map(({ source }) => source),
    async close() {
      await Promise.all(opened.map((source) => source.close()));
    },
  };
}

function openSource(
  { timeoutMs, ca, ...endpoint }: PrometheusEndpoint,
  clock: Clock,
): { source: Source; close: () => Promise<void> } {
  const http = createHttpClient({ timeoutMs, maxBytes: PROMETHEUS_MAX_BYTES, ca: ca?.reveal() });
  const { name, url } = endpoint;
  return {
    source: { name, url, prometheus: createPrometheus({ ...endpoint, http, clock }) },
    close: () => http.close(),
  };
}
