import type { Signal } from '@evenkeel/signals';
import { apiBoard } from './api.ts';
import { buildDashboard, type ClassicDashboard } from './board.ts';
import { enhancementsBoard } from './enhancements.ts';
import { healthBoard } from './health/board.ts';
import { inventoryBoard } from './inventory.ts';
import { operationsBoard } from './operations.ts';
import { systemBoard } from './system.ts';

/** What the dashboards follow from. */
export interface Operation {
  signals: readonly Signal[];
  /** Weight of each domain. */
  domains: Readonly<Partial<Record<string, number>>>;
}

/** All dashboards, the first one to look at first. */
export function dashboards({ signals, domains }: Operation): ClassicDashboard[] {
  return [
    operationsBoard(signals, Object.keys(domains)),
    systemBoard(signals),
    inventoryBoard(signals),
    apiBoard(signals),
    enhancementsBoard(signals),
    healthBoard(),
  ].map(buildDashboard);
}
