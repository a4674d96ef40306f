import { defineCommand, LOG_OPTIONS, runDaemon, systemClock } from '@evenkeel/toolkit';
import { Driver } from '../driver/index.ts';
import { buildLogger, readNumber } from './options.ts';

const OPTIONS = {
  'api-url': { type: 'text', placeholder: 'url', about: 'the warehouse', default: 'http://127.0.0.1:8005' },
  'days-per-minute': {
    type: 'text',
    placeholder: 'number',
    about: 'trading days played in a minute',
    default: '1',
  },
  loop: { type: 'flag', about: 'begin again at the end of the data, as if nine months later' },
  ...LOG_OPTIONS,
} as const;

const SLOWEST_DAYS_PER_MINUTE = 0.05;
const QUICKEST_DAYS_PER_MINUTE = 60;

export const driveCommand = defineCommand({
  name: 'drive',
  summary: 'play customers, shoppers, pickers and suppliers of the warehouse, from real orders',
  options: OPTIONS,
  async run({ values }) {
    const logger = buildLogger('evenkeel-driver', values);
    const driver = new Driver({
      apiUrl: values['api-url'],
      daysPerMinute: readNumber('days-per-minute', values['days-per-minute'], {
        min: SLOWEST_DAYS_PER_MINUTE,
        max: QUICKEST_DAYS_PER_MINUTE,
      }),
      endless: values.loop,
      clock: systemClock,
      logger,
    });
    const parts = [{ name: 'driver', start: () => driver.start(), stop: () => driver.stop() }];
    return runDaemon({ name: 'evenkeel-driver', logger, parts, finished: driver.finished });
  },
});
