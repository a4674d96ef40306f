import type { Logger } from '@evenkeel/toolkit';
import type { SourceListener, SourceLook } from '../facts/index.ts';
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

/** Counts and logs how the endpoints are that facts are read from. */
export function announceSources(metrics: AgentMetrics, logger: Logger): SourceListener {
  const healths = new Map<string, SourceLook['health']>();
  return {
    onLook(source, look) {
      metrics.sourceLooked(source, look);
      const { health, because } = look;
      if (healths.get(source) === health) return;
      if (health !== 'sound')
        logger.warn({ source, health, because }, 'an endpoint of Prometheus is not well');
      else if (healths.has(source)) logger.info({ source }, 'an endpoint of Prometheus is well again');
      healths.set(source, health);
    },
    onActive(source, before) {
      metrics.sourceChosen(source, before?.name);
      if (before === undefined) return;
      logger.warn(
        { source, before: before.name, because: before.because },
        'facts are read from another endpoint',
      );
    },
  };
}

function episodeOf(event: JournalEvent): { episode?: string } {
  return 'episode' in event ? { episode: event.episode } : {};
}
