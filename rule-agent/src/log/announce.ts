import type { Logger } from '@evenkeel/toolkit';
import type { SourceListener, SourceLook } from '../facts/index.ts';
import type { EventKind, JournalEvent } from '../model/event.ts';
import { describeEvent } from '../views/describe.ts';
import type { AgentMetrics } from '../metrics/index.ts';

/** Comings and goings that would fill a log; the journal and the API have them. */
const QUIET: readonly EventKind[] = ['firing_started', 'firing_ended', 'alert_received'];

/** So many that are held back together have a line each. */
const MOST_HELD_BACK = 20;

/** Counts and logs what the recorder has written. In a storm, what is held back beyond a few is one line together. */
export function announceTo(metrics: AgentMetrics, logger: Logger) {
  const log = (event: JournalEvent) => {
    const level = levelOf(event);
    if (!logger.isLevelEnabled(level)) return;
    logger[level]({ event: event.kind, ...episodeOf(event) }, describeEvent(event));
  };
  return {
    onRecorded(events: readonly JournalEvent[]) {
      let heldBack = 0;
      for (const event of events) {
        metrics.journalWritten();
        metrics.eventRecorded(event);
        if (event.kind === 'suppressed') heldBack += 1;
        if (heldBack <= MOST_HELD_BACK || event.kind !== 'suppressed') log(event);
      }
      const more = heldBack - MOST_HELD_BACK;
      if (more > 0) logger.info({ event: 'suppressed', more }, `${more} more are held back, see the journal`);
    },
    onWriteFailed: () => metrics.journalWriteFailed(),
    onLeftOut({ kind }: JournalEvent, error: Error) {
      metrics.alertLeftOut();
      logger.error({ event: kind, because: error.message }, 'an alert cannot be stored and is left out');
    },
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

function levelOf(event: JournalEvent): 'debug' | 'info' | 'warn' {
  if (event.kind === 'approval_ask_ended' && event.outcome === 'failed') return 'warn';
  return QUIET.includes(event.kind) ? 'debug' : 'info';
}

function episodeOf(event: JournalEvent): { episode?: string } {
  return 'episode' in event ? { episode: event.episode } : {};
}
