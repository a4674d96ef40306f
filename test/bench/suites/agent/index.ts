import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '../../measurement.ts';
import { measureCycles } from './cycles.ts';
import { measureLatency } from './latency.ts';

const SUITE = 'agent';

export const agentSuite: Suite = {
  name: SUITE,
  about:
    'a cycle of the rule agent with 50 rules on 200 targets each, and how soon it acts beside Alertmanager',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-agent-bench-'));
    try {
      return [
        ...(await measureCycles(SUITE, join(directory, 'cycles'))),
        ...(await measureLatency(SUITE, join(directory, 'latency'))),
      ];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
