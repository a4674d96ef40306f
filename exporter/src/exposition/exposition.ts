import type { Clock, Logger } from '@evenkeel/toolkit';
import type { Collector } from '../model/collector.ts';
import type { Family } from '../model/family.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import { FailureLog } from './failure-log.ts';
import { TextRenderer } from './render.ts';
import { sampleAll } from './sample.ts';
import { selfMetrics } from './self-metrics.ts';

export interface ExpositionOptions {
  collectors: readonly Collector[];
  /** Families that never change. */
  constants: readonly Family[];
  /** The text of the process's own metrics. */
  processMetrics: () => Promise<string>;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
}

export interface ScrapeOptions {
  /** Names of the collectors to ask; all when left out. */
  only?: ReadonlySet<string>;
  deadlineMs: number;
}

export interface Exposition {
  collectorNames: readonly string[];
  scrape(options: ScrapeOptions): Promise<string>;
}

/** For each collector in parallel, with its deadline: sample, or say why not; write the exposition. */
export function createExposition(options: ExpositionOptions): Exposition {
  const { collectors, constants, processMetrics, clock, logger } = options;
  const failures = new FailureLog(logger);
  const renderer = new TextRenderer();
  const labels = new SeriesLabels((collector) => ({ collector }));
  return {
    collectorNames: collectors.map(({ name }) => name),
    async scrape({ only, deadlineMs }) {
      const chosen = only === undefined ? collectors : collectors.filter(({ name }) => only.has(name));
      const now = clock.now();
      const sampled = await sampleAll({ collectors: chosen, deadlineMs, now });
      failures.note(sampled);
      const families = sampled.flatMap((one) => one.families);
      const text = renderer.render([...families, ...selfMetrics(sampled, now, labels), ...constants]);
      return only === undefined ? text + (await processMetrics()) : text;
    },
  };
}
