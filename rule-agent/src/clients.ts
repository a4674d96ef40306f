import type { Systems } from './actions/index.ts';
import type { AgentConfig } from './config/index.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { openSystems } from './open-systems.ts';

/** The agent's connections to others; there are no other ones. */
export interface Clients {
  prometheus: HttpClient;
  systems: Systems;
  close: () => Promise<void>;
}

const PROMETHEUS_MAX_BYTES = 32 * 1024 * 1024;

export function openClients(config: AgentConfig): Clients {
  const prometheus = createHttpClient({
    timeoutMs: config.prometheus.timeout,
    maxBytes: PROMETHEUS_MAX_BYTES,
  });
  const { systems, close } = openSystems(config.systems);
  return {
    prometheus,
    systems,
    async close() {
      await Promise.all([prometheus.close(), close()]);
    },
  };
}
