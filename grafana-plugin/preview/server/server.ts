import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { CHECKOUT } from '../build/places.ts';
import { type Answer, HTML_TYPE, JSON_TYPE, refusal } from './answer.ts';
import { readBelow } from './files.ts';
import { HEADERS } from './headers.ts';
import { PAGE, waitingPage } from './pages.ts';
import { isPrometheusRead, readPrometheus } from './prometheus.ts';

/** How far the preview is. */
export type Preview = { state: 'building' } | { state: 'built'; directory: string } | { state: 'failed'; why: string };

export interface ServerOptions {
  /** Base URL of the Prometheus that is shown. */
  prometheus: string;
  preview: () => Preview;
}

const DASHBOARDS = join(CHECKOUT, 'provisioning', 'grafana', 'dashboards');
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The preview's server: the page, what it loads, the shipped dashboards, and reads of Prometheus. It changes nothing. */
export function createPreviewServer(options: ServerOptions): Server {
  return createServer((request, response) => {
    answerTo(request, options)
      .catch(() => refusal(500, 'the preview failed to answer'))
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...HEADERS, 'content-type': type });
        response.end(request.method === 'HEAD' ? undefined : body);
      });
  });
}

async function answerTo(request: IncomingMessage, { prometheus, preview }: ServerOptions): Promise<Answer> {
  // Another site's name that leads to this machine must not read what is only for it.
  if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
    return refusal(421, 'the preview is for this machine only');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'the preview only reads');
  }
  const url = new URL(request.url ?? '/', 'http://preview');
  if (isPrometheusRead(url.pathname)) {
    return readPrometheus(url, prometheus);
  }
  return answerWithFile(url.pathname, preview());
}

async function answerWithFile(path: string, preview: Preview): Promise<Answer> {
  if (path === '/-/ready') {
    const status = { building: 503, built: 200, failed: 500 }[preview.state];
    return { status, type: JSON_TYPE, body: JSON.stringify(preview) };
  }
  if (preview.state !== 'built') {
    const why = preview.state === 'failed' ? preview.why : undefined;
    return { status: 503, type: HTML_TYPE, body: waitingPage(why) };
  }
  if (path === '/') {
    return { status: 200, type: HTML_TYPE, body: PAGE };
  }
  const file = path.startsWith('/dashboards/')
    ? await readBelow(DASHBOARDS, path.slice('/dashboards/'.length))
    : await readBelow(preview.directory, path);
  return file ?? refusal(404, `there is no ${path}`);
}
