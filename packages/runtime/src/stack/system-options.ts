import type { Deployment } from '@evenkeel/provisioning';
import type { GrafanaProgram } from '../parts/grafana.ts';
import type { RestartReport } from '../processes/restarts.ts';
import type { Ports } from './ports.ts';
import type { RunDirectory } from './run-directory.ts';

export interface SystemOptions {
  ports: Ports;
  run: RunDirectory;
  deployment: Deployment;
  cache: string;
  /** Trading days that the demo plays in a minute. */
  daysPerMinute: string;
  /** Another PostgreSQL instead of the one from npm. */
  databaseUrl: string | undefined;
  /** Started when there is one. */
  grafana: GrafanaProgram | undefined;
  onDownload: (debianPackage: string) => void;
  /** Told when a part ends by itself and is started again. */
  report: RestartReport;
  /** Of a directory outside of the run's that must not outlive it, however that ends. */
  removeAfterwards: (directory: string) => void;
}
