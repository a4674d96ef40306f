import type { Suite } from '../measurement.ts';
import { measureAccessLog } from './access-log.ts';
import { measureHostScrapes } from './host-scrapes.ts';
import { measureLargePage } from './large-page.ts';
import { measureScrapers } from './scrapers.ts';

const SUITE = 'exporter';

export const exporterSuite: Suite = {
  name: SUITE,
  about:
    'scrapes of ours against prometheus-node-exporter with the same collectors, a page of 100,000 series, 32 scrapers, an access log',
  async run() {
    return [
      ...(await measureHostScrapes(SUITE)),
      ...(await measureLargePage(SUITE)),
      ...(await measureScrapers(SUITE)),
      ...(await measureAccessLog(SUITE)),
    ];
  },
};
