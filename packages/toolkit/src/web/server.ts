import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { extraHeaders, guard } from './access/guard.ts';
import type { WebAccess } from './access/web-access.ts';
import type { ListenAddress } from './addresses.ts';
import { type LandingLink, renderLandingPage } from './landing-page.ts';
import { closeServer, listen, type Listener } from './listen.ts';
import { allowHosts } from './host-guard.ts';
import { methodNotAllowed, notFound, problemHandler, sendProblem } from './problems.ts';
import { requireRole, type TokenBook } from './tokens.ts';

export type Readiness = { ready: true } | { ready: false; reason: string };

export interface WebServerOptions {
  name: string;
  version: string;
  description: string;
  logger: Logger;
  /** Further links of the landing page. */
  links?: readonly LandingLink[];
  readiness?: () => Readiness;
  /** POST /-/reload, for a token with the role `admin`. */
  reload?: { run: () => Promise<void>; tokens: TokenBook };
  metrics?: RequestHandler;
  /** TLS, passwords and headers; without it everybody who reaches the server may come, over plain HTTP. */
  access?: WebAccess | undefined;
  /** The names under which it answers, without ports; any, when left out. */
  allowedHosts?: readonly string[] | undefined;
  /** Adds the daemon's own routes, before the 404. */
  mount?: (app: Express) => void;
}

export interface WebServer {
  app: Express;
  /** Listens on every address; all or none. */
  listen(addresses: readonly ListenAddress[], moveFlag?: string): Promise<ListenAddress[]>;
  /** Stops accepting and lets open requests finish, for 5 s at most. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 5_000;

/** The web server every daemon has: landing page, health, readiness, reload, metrics, and the daemon's own routes. */
export function createWebServer(options: WebServerOptions): WebServer {
  const app = buildApp(options);
  let listeners: Listener[] = [];
  const close = async () => {
    const closing = listeners;
    listeners = [];
    await Promise.all(closing.map(({ server }) => closeServer(server, CLOSE_GRACE_MS)));
    await options.access?.passwords.close();
  };
  return {
    app,
    close,
    async listen(addresses, moveFlag) {
      try {
        const { access } = options;
        for (const address of addresses) listeners.push(await listen(app, address, { moveFlag, access }));
      } catch (error) {
        await close();
        throw error;
      }
      return listeners.map(({ bound }) => bound);
    },
  };
}

function buildApp(options: WebServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  const { access, allowedHosts } = options;
  if (allowedHosts !== undefined) app.use(allowHosts(allowedHosts));
  if (access !== undefined) app.use(extraHeaders(access), guard(access, options.reload?.tokens));
  // Scrapes are the hot path: they pass before anything that costs.
  if (options.metrics !== undefined) app.get('/metrics', options.metrics);
  app.use(
    helmet({
      strictTransportSecurity: false,
      contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
    }),
  );
  // Again, over helmet's own.
  if (access !== undefined) app.use(extraHeaders(access));
  app.get('/', landing(options));
  app.get(
    '/-/healthy',
    (_request, response) => void response.type('text').send(`${options.name} is healthy.\n`),
  );
  app.get('/-/ready', ready(options));
  if (options.reload !== undefined) {
    app.post('/-/reload', requireRole(options.reload.tokens, ['admin']), reload(options.reload.run));
  }
  options.mount?.(app);
  const pages = ['/', '/-/healthy', '/-/ready', ...(options.metrics === undefined ? [] : ['/metrics'])];
  app.all(pages, methodNotAllowed(['get', 'head']));
  if (options.reload !== undefined) app.all('/-/reload', methodNotAllowed(['post']));
  app.use(notFound);
  app.use(problemHandler(options.logger));
  return app;
}

function landing(options: WebServerOptions): RequestHandler {
  const standard: LandingLink[] = [
    ...(options.metrics === undefined ? [] : [{ path: '/metrics', text: '/metrics' }]),
    { path: '/-/healthy', text: '/-/healthy' },
    { path: '/-/ready', text: '/-/ready' },
  ];
  const page = renderLandingPage({ ...options, links: [...(options.links ?? []), ...standard] });
  return (_request, response) => void response.type('html').send(page);
}

function ready({ name, readiness = () => ({ ready: true }) }: WebServerOptions): RequestHandler {
  return (_request, response) => {
    const state = readiness();
    const text = state.ready ? `${name} is ready.\n` : `${name} is not ready: ${state.reason}.\n`;
    response
      .status(state.ready ? 200 : 503)
      .type('text')
      .send(text);
  };
}

function reload(run: () => Promise<void>): RequestHandler {
  return async (_request, response) => {
    try {
      await run();
      response.type('text').send('reloaded\n');
    } catch (error) {
      sendProblem(response, {
        status: 422,
        title: 'Not reloaded',
        code: 'RELOAD_FAILED',
        detail: messageOf(error),
      });
    }
  };
}
