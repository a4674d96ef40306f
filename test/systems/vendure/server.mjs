// A Vendure server on loopback; it says `ready` on its output. With VENDURE_FILL=yes it first makes its tables and fills
// them with the sample data of @vendure/create. VENDURE_HOME is where Vendure is installed, VENDURE_CONNECTION is JSON of
// TypeORM's options.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { VENDURE_HOME: home, VENDURE_PORT: port, VENDURE_CONNECTION: connection, VENDURE_FILL } = process.env;
const require = createRequire(join(home, 'package.json'));
const {
  bootstrap,
  DefaultLogger,
  dummyPaymentHandler,
  LogLevel,
  mergeConfig,
  defaultConfig,
} = require('@vendure/core');
const samples = join(home, 'node_modules/@vendure/create/assets');

const config = mergeConfig(defaultConfig, {
  apiOptions: {
    hostname: '127.0.0.1',
    port: Number(port),
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    cors: false,
  },
  authOptions: {
    tokenMethod: 'bearer',
    requireVerification: false,
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
  },
  dbConnectionOptions: { ...JSON.parse(connection), synchronize: VENDURE_FILL === 'yes' },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  // Pictures of the sample products are left out.
  importExportOptions: { importAssetsDir: join(home, 'no-assets') },
  logger: new DefaultLogger({ level: LogLevel.Warn, timestamp: false }),
});

if (VENDURE_FILL === 'yes') {
  const { populate } = require('@vendure/core/cli');
  const app = await populate(
    () => bootstrap(config),
    join(samples, 'initial-data.json'),
    join(samples, 'products.csv'),
  );
  await app.close();
}
await bootstrap(config);
process.stdout.write('ready\n');
