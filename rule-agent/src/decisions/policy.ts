import type { AgentConfig } from '../config/index.ts';
import type { Policy } from './guards/guard.ts';

const SHORTEST_CONTINUITY_MS = 30_000;

/** What a configuration says about when the agent may act. */
export function policyOf(config: AgentConfig): Policy {
  const { approvals, blast_radius: blastRadius, budget, flapping, interval, oscillation } = config;
  return {
    budget: { actions: budget.actions, perMs: budget.per },
    continuityMs: Math.max(3 * interval, SHORTEST_CONTINUITY_MS),
    maxAgeMs: config.prometheus.max_age,
    maintenance: config.maintenance,
    timeZone: config.time_zone,
    blastRadius,
    flapping: { times: flapping.times, withinMs: flapping.within },
    oscillation: {
      turns: oscillation.turns,
      withinMs: oscillation.within,
      restMs: oscillation.rest,
    },
    veto: { restMs: config.veto.rest },
    holdOut: 'drawn',
    approval: { expiresMs: approvals.expire, needed: approvals.four_eyes ? 2 : 1 },
  };
}
