import type { KnobSystems } from './actions/index.ts';
import type { AgentConfig } from './config/index.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';

/** The agent's connections to others; there are no other ones. */
export interface Clients {
  prometheus: HttpClient;
  systems: KnobSystems;
  close: () => Promise<void>;
}

const PROMETHEUS_MAX_BYTES = 32 * 1024 * 1024;
const KNOB_MAX_BYTES = 64 * 1024;

export function openClients(config: AgentConfig): Clients {
  const prometheus = createHttpClient({
    timeoutMs: config.prometheus.timeout,
    maxBytes: PROMETHEUS_MAX_BYTES,
  });
  const systems = Object.entries(config.systems).map(([name, { knobs, token, timeout }]) => {
    const http = createHttpClient({ timeoutMs: timeout, maxBytes: KNOB_MAX_BYTES });
    return [name, { knobsUrl: knobs, http, ...(token === undefined ? {} : { token }) }] as const;
  });
  return {
    prometheus,
    systems: Object.fromEntries(systems),
    async close() {
      await Promise.all([prometheus, ...systems.map(([, { http }]) => http)].map((http) => http.close()));
    },
  };
}
