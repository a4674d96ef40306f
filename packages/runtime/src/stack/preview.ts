import { join } from 'node:path';
import type { Part } from '@evenkeel/toolkit';
import { backgroundPart } from '../processes/background-part.ts';
import type { RestartReport } from '../processes/restarts.ts';
import { CHECKOUT } from './deployment.ts';
import type { Ports } from './ports.ts';
import type { RunDirectory } from './run-directory.ts';

export interface PreviewOptions {
  ports: Ports;
  run: RunDirectory;
  onReady: (url: string) => void;
  onFailure: (error: unknown) => void;
  report: RestartReport;
}

/** The first time hundreds of packages are installed, on a machine that is busy with a new system. */
const BUILDING_DEADLINE_MS = 15 * 60_000;

/** The page that shows the panel without Grafana. It installs and builds itself beside the running system. */
export function previewPart({ ports, run, onReady, onFailure, report }: PreviewOptions): Part {
  const url = `http://127.0.0.1:${ports.preview}`;
  return backgroundPart({
    name: 'preview',
    command: process.execPath,
    args: [
      join(CHECKOUT, 'grafana-plugin', 'preview', 'server', 'main.ts'),
      `--port=${ports.preview}`,
      `--prometheus-url=http://127.0.0.1:${ports.prometheus}`,
      `--agent-url=http://127.0.0.1:${ports.agent}`,
    ],
    logFile: run.file(join('logs', 'preview.log')),
    readyUrl: `${url}/-/ready`,
    readyDeadlineMs: BUILDING_DEADLINE_MS,
    onReady: () => onReady(url),
    onFailure,
    report,
  });
}
