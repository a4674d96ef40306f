import type { Logger } from '@evenkeel/toolkit';
import type { EventKind, JournalEvent } from '../model/event.ts';
import { describeEvent } from './describe.ts';
import type { AgentMetrics } from './metrics.ts';

/** Comings and goings that would fill a log; the journal and the API have them. */
const QUIET: readonly EventKind[] = ['firing_started', 'firing_ended', 'alert_received'];

/** Counts and logs what the recorder has written. */
export function announceTo(metrics: AgentMetrics, logger: Logger) {
  return {
    onRecorded(event: JournalEvent) {
      metrics.journalWritten();
      metrics.eventRecorded(event);
      const level = QUIET.includes(event.kind) ? 'debug' : 'info';
      logger[level]({ event: event.kind, ...episodeOf(event) }, describeEvent(event));
    },
    onWriteFailed: () => metrics.journalWriteFailed(),
  };
}

function episodeOf(event: JournalEvent): { episode?: string } {
  return 'episode' in event ? { episode: event.episode } : {};
}
