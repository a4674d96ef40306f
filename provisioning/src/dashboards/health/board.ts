import { alertsFired } from '../annotations.ts';
import type { Board } from '../board.ts';
import { agentRow } from './agent.ts';
import { exporterRow } from './exporter.ts';
import { presenceRow } from './presence.ts';
import { processesRow } from './processes.ts';
import { watchersRow } from './watchers.ts';

/** Who watches the watchers: exporter, agent, Prometheus and Alertmanager themselves. */
export function healthBoard(): Board {
  return {
    uid: 'evenkeel-health',
    title: 'Agent and exporter health',
    description:
      'The watchers themselves: scrapes, collectors, the cycle of the agent, rules and notifications.',
    choices: [
      { label: 'job', from: 'up' },
      { label: 'instance', from: 'up{job=~"$job"}' },
    ],
    annotations: [alertsFired('agent')],
    rows: [presenceRow(), exporterRow(), agentRow(), watchersRow(), processesRow()],
  };
}
