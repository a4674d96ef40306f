import {
  createWebServer,
  formatAddress,
  type ListenAddress,
  type Logger,
  type Part,
  type Readiness,
  TokenBook,
  type WebAccess,
} from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import type { AgentMetrics } from '../metrics/index.ts';
import { isLoopback } from './access.ts';
import type { ApiContext } from './context.ts';
import { mountApi } from './mount-api.ts';

export interface WebPart extends Part {
  addresses: () => readonly ListenAddress[];
}

export interface WebPartOptions {
  agent: { config: AgentConfig; logger: Logger; version: string; access?: WebAccess | undefined };
  metrics: AgentMetrics;
  readiness: () => Readiness;
  reload: () => Promise<void>;
  api: Omit<ApiContext, 'tokens' | 'configuredTokens' | 'guardReads' | 'rateLimit' | 'onDelivery'>;
}

const LINKS = ['rules', 'facts', 'decisions', 'episodes', 'approvals', 'alerts', 'pauses'].map((name) => ({
  path: `/api/v1/${name}`,
  text: `/api/v1/${name}`,
}));

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** What is configured; on loopback without TLS the names of loopback, which no page of a stranger has. */
function allowedHosts(
  { web, api: { listen } }: AgentConfig,
  access: WebAccess | undefined,
): readonly string[] | undefined {
  if (web.allowed_hosts !== undefined) return web.allowed_hosts;
  if (!isLoopback(listen) || access?.isTls === true) return undefined;
  return [...LOOPBACK_NAMES, listen.host];
}

/** The agent's web server: landing page, health, metrics and the API. */
export function createWebPart({ agent, metrics, readiness, reload, api }: WebPartOptions): WebPart {
  const { config, logger, version, access } = agent;
  const { listen } = config.api;
  const tokens = new TokenBook(config.api.tokens, {
    list: () => api.history().tokens.values(),
    now: () => api.clock.now(),
  });
  const { requests, per: perMs } = config.api.rate_limit;
  const configuredTokens = config.api.tokens.map(({ name, role }) => ({ name, role }));
  const guardReads = config.api.reads_need_token || !isLoopback(listen);
  const server = createWebServer({
    name: 'Evenkeel rule agent',
    version,
    description: 'Reads facts by PromQL, decides under rules, acts, and keeps a journal of all of it.',
    links: LINKS,
    logger,
    access,
    allowedHosts: allowedHosts(config, access),
    readiness,
    reload: { run: reload, tokens },
    metrics: async (_request, response) => {
      response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    },
    mount: (app) =>
      mountApi(app, {
        ...{ ...api, tokens, configuredTokens, guardReads, rateLimit: { requests, perMs } },
        onDelivery: metrics.alertsLeftOut,
      }),
  });
  let bound: readonly ListenAddress[] = [];
  return {
    name: 'web server',
    addresses: () => bound,
    async start() {
      bound = await server.listen([listen]);
      logger.info({ address: bound.map(formatAddress).join(', ') }, 'listening');
    },
    async stop() {
      api.feed.close();
      await server.close();
    },
  };
}
