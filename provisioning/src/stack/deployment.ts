import type { Timing } from '@evenkeel/signals';

/** Where one deployment of the whole system has its parts: the same configs are written for loopback and for compose. */
export interface Deployment {
  timing: Timing;
  /** `host:port` of each part, as the other parts reach it. */
  addresses: {
    warehouse: string;
    exporter: string;
    agent: string;
    prometheus: string;
    alertmanager: string;
  };
  /** Where the exporter and the agent listen, `host:port`. */
  listen: { exporter: string; agent: string };
  files: {
    /** Glob of the Prometheus rule files. */
    prometheusRules: string;
    /** Glob of the agent's rule files. */
    agentRules: string;
    journal: string;
    /** Directory where the exporter remembers how far it has counted. */
    exporterState: string;
    /** Files that hold one secret each. */
    databaseUrl: string;
    warehouseAdminToken: string;
    agentIngestToken: string;
    agentOperatorToken: string;
    agentKillSwitch: string;
  };
}
