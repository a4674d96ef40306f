import { defineCommand, formatAddress, LOG_OPTIONS, parseListenAddress, runDaemon } from '@evenkeel/toolkit';
import { createCarrier } from '../carrier/index.ts';
import { ADMIN_OPTION, buildLogger, readAdminToken, tokensOf, VERSION } from './options.ts';

const OPTIONS = {
  'web.listen-address': {
    type: 'list',
    placeholder: 'host:port',
    about: 'where to serve',
    default: ['127.0.0.1:8006'],
  },
  ...ADMIN_OPTION,
  ...LOG_OPTIONS,
} as const;

export const carrierCommand = defineCommand({
  name: 'carrier',
  summary: 'serve the carrier that books parcels for the warehouse',
  options: OPTIONS,
  async run({ values }) {
    const logger = buildLogger('evenkeel-carrier', values);
    const addresses = values['web.listen-address'].map(parseListenAddress);
    const server = createCarrier({ version: VERSION, logger, tokens: tokensOf(readAdminToken(values)) });
    const start = async () => {
      const bound = await server.listen(addresses);
      logger.info({ address: bound.map(formatAddress).join(',') }, 'the carrier is open');
    };
    return runDaemon({
      name: 'evenkeel-carrier',
      logger,
      parts: [{ name: 'carrier', start, stop: () => server.close() }],
    });
  },
});
