import type { Clock, Logger } from '@evenkeel/toolkit';
import type { FaultWatch } from './fault-watch.ts';
import type { Statistics } from './statistics.ts';
import type { TradingClock } from './trading-clock.ts';
import type { WarehouseClient } from './warehouse-client.ts';

/** What everybody outside the warehouse shares. */
export interface World {
  client: WarehouseClient;
  trading: TradingClock;
  clock: Clock;
  daysPerMinute: number;
  faults: FaultWatch;
  statistics: Statistics;
  logger: Logger;
  signal: AbortSignal;
  random: () => number;
}

/** Whether the driver is being stopped. */
export function hasEnded({ signal }: World): boolean {
  return signal.aborted;
}
