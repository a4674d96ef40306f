import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, inTurns, type Logger } from '@evenkeel/toolkit';
import type { Collector } from '../model/collector.ts';
import type { Family } from '../model/family.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import { FailureLog } from './failure-log.ts';
import { BlockPool, PageWriter } from './page-writer.ts';
import { Page } from './page.ts';
import { Renderer } from './render.ts';
import { sampleAll } from './sample.ts';
import { selfMetrics } from './self-metrics.ts';
import { SeriesLimit } from './series-limit.ts';
import { type ScrapeOptions, shareScrapes } from './shared-scrapes.ts';

/** How long a page may hold up everything else at a time. */
const HOLD_MS = 1;

export interface ExpositionOptions {
  collectors: readonly Collector[];
  /** Families that never change. */
  constants: readonly Family[];
  /** The process's own metrics. */
  processMetrics: () => Promise<readonly Family[]>;
  /** Label sets that a family may have. */
  maxSeriesPerFamily: number;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
}

export interface Exposition {
  collectorNames: readonly string[];
  scrape(options: ScrapeOptions): Promise<Page>;
}

/** For each collector in parallel, with its deadline: sample, or say why not; write the exposition. */
export function createExposition(options: ExpositionOptions): Exposition {
  const { collectors, constants, processMetrics, clock, logger } = options;
  const failures = new FailureLog(logger);
  const limit = new SeriesLimit(options);
  const renderer = new Renderer();
  const pool = new BlockPool();
  const labels = new SeriesLabels((collector) => ({ collector }));

  async function scrape({ only, deadlineMs, dialect }: ScrapeOptions): Promise<Page> {
    // Requests that have arrived by now are read first: those who ask at the same moment share, however fast a scrape is.
    await turn();
    const chosen = only === undefined ? collectors : collectors.filter(({ name }) => only.has(name));
    const now = clock.now();
    const sampled = await sampleAll({ collectors: chosen, deadlineMs, now });
    failures.note(sampled);
    const families = limit.apply(sampled.flatMap((one) => one.families));
    const own = [...selfMetrics(sampled, now, labels), limit.family(), ...constants];
    const process = only === undefined ? await processMetrics() : [];
    const writer = new PageWriter(pool);
    await inTurns(renderer.write([...families, ...own, ...process], dialect, writer), HOLD_MS);
    return new Page(dialect.contentType, writer.finish(), pool);
  }

  return { collectorNames: collectors.map(({ name }) => name), scrape: shareScrapes(scrape) };
}
