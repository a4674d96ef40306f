import { messageOf } from '@evenkeel/toolkit';
import { ApiFailure } from './warehouse-client.ts';
import { hasEnded, type World } from './world.ts';

/** Does something again and again, until the world ends; a failure is counted, and the next round goes on. */
export async function inRounds(world: World, everyMs: number, round: () => Promise<void>): Promise<void> {
  const { clock, signal, statistics, logger } = world;
  while (!hasEnded(world)) {
    const startedMs = clock.now();
    try {
      await round();
    } catch (error) {
      if (hasEnded(world)) return;
      statistics.add('failed_rounds');
      if (!(error instanceof ApiFailure)) logger.error({ reason: messageOf(error) }, 'a round failed');
    }
    const pauseMs = Math.max(1, everyMs - (clock.now() - startedMs));
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}
