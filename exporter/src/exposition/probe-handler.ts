import type { IncomingMessage, ServerResponse } from 'node:http';
import { probeFamilies } from '../collectors/probe.ts';
import type { ProbeExpectation } from '../collectors/probe-verdict.ts';
import { probeHttp, type ProbeRequest } from '../sources/http-probe.ts';
import type { ProbeGuard } from '../sources/probe-guard.ts';
import { type DeadlineOptions, deadlineOf } from './deadline.ts';
import { sendPage } from './handler.ts';
import { chooseDialect } from './negotiation.ts';
import { Page } from './page.ts';
import { renderAtOnce } from './render.ts';

/** How `/probe?module=` asks, and what it expects. */
export interface ProbeModule {
  request: Omit<ProbeRequest, 'url' | 'limits'>;
  timeoutMs: number;
  expect: ProbeExpectation;
}

export interface ProbeEndpoint {
  modules: ReadonlyMap<string, ProbeModule>;
  guard: ProbeGuard;
  deadline: DeadlineOptions;
}

const DEFAULT_MODULE = 'http_2xx';
const NO_LABELS = {};

/** Answers GET /probe?target=&module= as blackbox_exporter does; targets outside the allow-list are refused with 403. */
export function probeHandler(current: () => ProbeEndpoint) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { modules, guard, deadline } = current();
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    const name = query.get('module') ?? DEFAULT_MODULE;
    const module = modules.get(name);
    if (module === undefined) {
      const known = [...modules.keys()].join(', ');
      refuse(response, { status: 400, text: `no such module: ${name}\nthere are: ${known}\n` });
      return;
    }
    const target = targetOf(query.get('target'));
    if (target === undefined) {
      refuse(response, { status: 400, text: 'target must be a URL such as https://example.com/\n' });
      return;
    }
    try {
      guard.check(target);
    } catch (error) {
      refuse(response, { status: 403, text: `${(error as Error).message}; see probe.allow in the config\n` });
      return;
    }
    const limitMs = Math.min(module.timeoutMs, deadlineOf(request.headers, deadline));
    const asked = { ...module.request, url: target.href, limits: guard };
    const answer = await probeHttp(asked, AbortSignal.timeout(limitMs));
    const families = probeFamilies([{ labels: NO_LABELS, answer, expect: module.expect }]);
    const dialect = chooseDialect(request.headers.accept);
    await sendPage(request, response, new Page(dialect.contentType, renderAtOnce(families, dialect)));
  };
}

/** As with blackbox_exporter, a target without a scheme is asked over http. */
function targetOf(text: string | null): URL | undefined {
  if (text === null || text === '') return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

function refuse(response: ServerResponse, { status, text }: { status: number; text: string }): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
