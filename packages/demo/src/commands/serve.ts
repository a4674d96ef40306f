import { availableParallelism } from 'node:os';
import {
  defineCommand,
  EvenkeelError,
  type Logger,
  messageOf,
  parseListenAddress,
  type Part,
  redactUrl,
  runDaemon,
  type Secret,
  systemClock,
  LOG_OPTIONS,
} from '@evenkeel/toolkit';
import { createApi, type Warehouse } from '../api/index.ts';
import { assembleWarehouse, prepareWarehouse } from '../app.ts';
import { Database } from '../database/index.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/index.ts';
import { ReplenishmentJob } from '../warehouse/index.ts';
import {
  ADMIN_OPTION,
  buildLogger,
  DATABASE_OPTION,
  readAdminToken,
  readDatabaseUrl,
  readNumber,
  tokensOf,
  VERSION,
} from './options.ts';

const OPTIONS = {
  'web.listen-address': {
    type: 'list',
    placeholder: 'host:port',
    about: 'where to serve',
    default: ['127.0.0.1:8005'],
  },
  ...DATABASE_OPTION,
  'postgres.port': {
    type: 'text',
    placeholder: 'port',
    about: 'port of the embedded PostgreSQL',
    default: '5433',
  },
  'postgres.directory': {
    type: 'text',
    placeholder: 'directory',
    about: 'keeps the embedded PostgreSQL there; without it all is gone at the end',
  },
  'carrier-url': { type: 'text', placeholder: 'url', about: 'the carrier', default: 'http://127.0.0.1:8006' },
  ...ADMIN_OPTION,
  ...LOG_OPTIONS,
} as const;

/** The knob's stored value replaces it as soon as it is known. */
const FIRST_CONNECTIONS = 10;

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'serve the API of the warehouse and do its work in the background',
  options: OPTIONS,
  async run({ values, env }) {
    const logger = buildLogger('evenkeel-demo', values);
    const addresses = values['web.listen-address'].map(parseListenAddress);
    const adminToken = readAdminToken(values);
    if (adminToken === undefined)
      logger.warn('there is no --admin-token-file: nobody can change knobs or faults');
    const given = readDatabaseUrl(values, env);
    const postgres = given === undefined ? new PostgresPart(values, logger) : undefined;
    const house = new House({
      databaseUrl: () => given ?? postgres!.url,
      carrierUrl: values['carrier-url'],
      adminToken,
      logger,
    });
    const parts: Part[] = [
      ...(postgres === undefined ? [] : [postgres]),
      house,
      {
        name: 'API',
        start: () => house.listen(addresses),
        stop: () => house.unlisten(),
      },
    ];
    return runDaemon({ name: 'evenkeel-demo', logger, parts });
  },
});

class PostgresPart implements Part {
  readonly name = 'PostgreSQL';
  readonly #port: number;
  readonly #directory: string | undefined;
  readonly #logger: Logger;
  #postgres: EmbeddedPostgres | undefined;

  constructor(values: { 'postgres.port': string; 'postgres.directory': string | undefined }, logger: Logger) {
    this.#port = readNumber('postgres.port', values['postgres.port'], { min: 1, max: 65_535 });
    this.#directory = values['postgres.directory'];
    this.#logger = logger;
  }

  get url(): string {
    return this.#postgres!.url;
  }

  async start(): Promise<void> {
    this.#postgres = await startEmbeddedPostgres({
      port: this.#port,
      durability: 'relaxed',
      logger: this.#logger,
      ...(this.#directory === undefined ? {} : { directory: this.#directory }),
    });
  }

  async stop(): Promise<void> {
    await this.#postgres?.stop();
  }
}

interface HouseOptions {
  databaseUrl: () => string;
  carrierUrl: string;
  adminToken: Secret | undefined;
  logger: Logger;
}

type Api = ReturnType<typeof createApi>;

/** The warehouse with its work in the background, and the API on top. */
class House implements Part {
  readonly name = 'warehouse';
  readonly #options: HouseOptions;
  #warehouse: Warehouse | undefined;
  #replenishment: ReplenishmentJob | undefined;
  #api: Api | undefined;

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { logger, carrierUrl, adminToken } = this.#options;
    const database = await connect(this.#options.databaseUrl(), logger);
    const warehouse = assembleWarehouse({ database, carrierUrl, adminToken, clock: systemClock, logger });
    try {
      await prepareWarehouse(warehouse, logger);
    } catch (error) {
      await database.close();
      throw error;
    }
    this.#warehouse = warehouse;
    this.#replenishment = new ReplenishmentJob({
      ...warehouse,
      clock: systemClock,
      logger,
      reorderPointMultiplier: () => warehouse.knobs.value('reorder_point_multiplier'),
    });
    this.#replenishment.start();
    warehouse.repricing.start();
  }

  async listen(addresses: ReturnType<typeof parseListenAddress>[]): Promise<void> {
    const { logger, adminToken } = this.#options;
    this.#api = createApi(this.#warehouse!, { version: VERSION, logger, tokens: tokensOf(adminToken) });
    const bound = await this.#api.listen(addresses);
    for (const { host, port } of bound) {
      logger.info({ address: `${host}:${port}`, cores: availableParallelism() }, 'the warehouse is open');
    }
  }

  async unlisten(): Promise<void> {
    await this.#api?.close();
  }

  async stop(): Promise<void> {
    await this.#warehouse?.repricing.stop();
    await this.#replenishment?.stop();
    await this.#warehouse?.carrier.close();
    await this.#warehouse?.database.close();
  }
}

async function connect(url: string, logger: Logger): Promise<Database> {
  const database = new Database({ url, maxConnections: FIRST_CONNECTIONS, logger });
  try {
    await database.query('select 1');
    return database;
  } catch (cause) {
    await database.close();
    throw new EvenkeelError(
      'START_FAILED',
      `cannot reach the database at ${redactUrl(url)}: ${messageOf(cause)}`,
      {
        cause,
        hint: 'is PostgreSQL running there, and are user and password right?',
      },
    );
  }
}
