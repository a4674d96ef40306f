import type { LoopTurn } from '@evenkeel/toolkit';
import type { Registry } from 'prom-client';
import { counter, gauge } from './instruments.ts';

export const LOOPS = ['looking', 'acting', 'verifying'] as const;
export type LoopName = (typeof LOOPS)[number];

export function loopMetrics(registry: Registry) {
  const missed = counter(registry, {
    name: 'evenkeel_agent_loop_turns_missed_total',
    help: 'Turns of a loop that were left out because an earlier one took longer than the interval.',
    labelNames: ['loop'],
  });
  const lastTurn = gauge(registry, {
    name: 'evenkeel_agent_loop_last_turn_timestamp_seconds',
    help: 'When the last turn of a loop ended.',
    labelNames: ['loop'],
  });
  const inFlight = gauge(registry, {
    name: 'evenkeel_agent_actions_in_flight',
    help: 'Actions, reverts, reconciliations and messages about approvals that wait for a system right now.',
  });
  for (const loop of LOOPS) missed.inc({ loop }, 0);
  inFlight.set(0);
  return {
    turnEnded(loop: LoopName, turn: Pick<LoopTurn, 'missed' | 'endedAtMs'>) {
      if (turn.missed > 0) missed.inc({ loop }, turn.missed);
      lastTurn.set({ loop }, turn.endedAtMs / 1000);
    },
    actionsInFlight: (count: number) => inFlight.set(count),
  };
}
