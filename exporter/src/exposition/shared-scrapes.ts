import type { Dialect } from './dialect.ts';
import type { Page } from './page.ts';

export interface ScrapeOptions {
  /** Names of the collectors to ask; all when left out. */
  only?: ReadonlySet<string>;
  deadlineMs: number;
  dialect: Dialect;
}

interface UnderWay {
  page: Promise<Page>;
  deadlineAtMs: number;
  readers: number;
}

/**
 * Lets scrapers that ask for the same at the same time share one scrape, so that many cost little more than one.
 * One that cannot wait as long as the scrape under way may take has one of its own.
 */
export function shareScrapes(
  scrape: (options: ScrapeOptions) => Promise<Page>,
  nowMs: () => number = () => performance.now(),
): (options: ScrapeOptions) => Promise<Page> {
  const underWay = new Map<string, UnderWay>();
  return (options) => {
    const key = [options.dialect.contentType, ...[...(options.only ?? ['*'])].sort()].join('\n');
    const deadlineAtMs = nowMs() + options.deadlineMs;
    const known = underWay.get(key);
    if (known !== undefined && known.deadlineAtMs <= deadlineAtMs) {
      known.readers++;
      return known.page;
    }
    const begun: UnderWay = { page: scrape(options).finally(end), deadlineAtMs, readers: 1 };
    begun.page = begun.page.then((page) => {
      page.shareWith(begun.readers);
      return page;
    });
    function end(): void {
      if (underWay.get(key) === begun) underWay.delete(key);
    }
    underWay.set(key, begun);
    return begun.page;
  };
}
