import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { CHECKOUT } from '../build/places.ts';
import { type Answer, HTML_TYPE, refusal, TEXT_TYPE } from './answer.ts';
import { readBelow } from './files.ts';
import { HEADERS } from './headers.ts';
import { PAGE, WAITING_PAGE } from './pages.ts';
import { readSource, type Sources } from './sources.ts';

export interface ServerOptions extends Sources {
  /** Where the preview was built; undefined until it is. */
  directory: () => string | undefined;
}

const DASHBOARDS = join(CHECKOUT, 'provisioning', 'grafana', 'dashboards');
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The preview's server: the page, what it loads, the shipped dashboards, and reads of Prometheus and of the agent. It changes nothing. */
export function createPreviewServer(options: ServerOptions): Server {
  return createServer((request, response) => {
    void answerTo(request, options)
      .catch(() => refusal(500, 'the preview failed to answer'))
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...HEADERS, 'content-type': type });
        response.end(request.method === 'HEAD' ? undefined : body);
      });
  });
}

async function answerTo(request: IncomingMessage, options: ServerOptions): Promise<Answer> {
  // Another site's name that leads to this machine must not read what is only for it.
  if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
    return refusal(421, 'the preview is for this machine only');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'the preview only reads');
  }
  const url = new URL(request.url ?? '/', 'http://preview');
  return (await readSource(url, options)) ?? answerWithFile(url.pathname, options.directory());
}

async function answerWithFile(path: string, directory: string | undefined): Promise<Answer> {
  if (path === '/-/ready') {
    const isReady = directory !== undefined;
    return { status: isReady ? 200 : 503, type: TEXT_TYPE, body: isReady ? 'ready' : 'being built' };
  }
  if (directory === undefined) {
    return { status: 503, type: HTML_TYPE, body: WAITING_PAGE };
  }
  if (path === '/') {
    return { status: 200, type: HTML_TYPE, body: PAGE };
  }
  const file = path.startsWith('/dashboards/')
    ? await readBelow(DASHBOARDS, path.slice('/dashboards/'.length))
    : await readBelow(directory, path);
  return file ?? refusal(404, `there is no ${path}`);
}
