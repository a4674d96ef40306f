/** One request of a probe: the configured one, or what a redirect makes of it. */
export interface ProbeHop {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
/** What may go to another origin. All else may be a secret, whatever its name, or is about the server that it was written for. */
const FOR_EVERYBODY = /^(?:accept|accept-.*|content-.*|user-agent)$/i;
/** What is about a body. */
const OF_BODY = /^(?:content-.*|transfer-encoding)$/i;

/**
 * What a redirect makes of a request, as HTTP has it (RFC 9110, and for POST after 301 and 302 the Fetch standard): 307 and 308 keep
 * method and body, 303 makes a GET of all but HEAD, 301 and 302 of POST.
 *
 * @returns undefined when the answer is no redirect
 * @throws Error when it leads to what is no http or https URL
 */
export function redirectedHop(
  hop: ProbeHop,
  { status, location }: { status: number | undefined; location: string | undefined },
  configured: Pick<ProbeHop, 'url' | 'headers'>,
): ProbeHop | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const url = targetOf(location, hop.url);
  const method = methodAfter(status, hop.method);
  const body = method === hop.method ? hop.body : undefined;
  const headers = Object.entries(configured.headers)
    .filter(([name]) => url.origin === configured.url.origin || FOR_EVERYBODY.test(name))
    .filter(([name]) => body !== undefined || !OF_BODY.test(name));
  return { url, method, headers: Object.fromEntries(headers), body };
}

function methodAfter(status: number | undefined, method: string): string {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
}

function targetOf(location: string, base: URL): URL {
  const url = URL.parse(location, base.href);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(`redirected to ${JSON.stringify(location.slice(0, 100))}, which is no http or https URL`);
  }
  return url;
}
