import type { Clock } from '@evenkeel/toolkit';
import { type AgentConfig, endpointsOf, type PrometheusEndpoint } from '../config/index.ts';
import { createHttpClient } from '../http/client.ts';
import { createPrometheus } from '../prometheus/client.ts';
import type { Source } from './sources.ts';

export interface OpenSources {
  /** Where facts are read, the preferred one first. */
  sources: readonly Source[];
  close: () => Promise<void>;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** Makes a client for each endpoint of Prometheus in the configuration; nothing is connected before it is used. */
export function openSources({ prometheus }: Pick<AgentConfig, 'prometheus'>, clock: Clock): OpenSources {
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
  const http = createHttpClient({ timeoutMs, maxBytes: MAX_BYTES, ca: ca?.reveal() });
  const { name, url } = endpoint;
  return {
    source: { name, url, prometheus: createPrometheus({ ...endpoint, http, clock }) },
    close: () => http.close(),
  };
}
