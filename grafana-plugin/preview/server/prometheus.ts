import { type Answer, JSON_TYPE, refusal } from './answer.ts';

const PREFIX = '/api/prometheus/';
/** All that the page asks for: reads, and of each only the parameters that it needs. */
const READS: ReadonlyArray<{ path: RegExp; parameters: readonly string[] }> = [
  { path: /^query$/, parameters: ['query', 'time'] },
  { path: /^query_range$/, parameters: ['query', 'start', 'end', 'step'] },
  { path: /^label\/[a-zA-Z_][a-zA-Z0-9_]*\/values$/, parameters: ['match[]', 'start', 'end'] },
];
const DEADLINE_MS = 30_000;

export function isPrometheusRead(path: string): boolean {
  return path.startsWith(PREFIX);
}

/** Hands a read on to Prometheus; anything else is refused here and never reaches it. */
export async function readPrometheus(url: URL, prometheus: string): Promise<Answer> {
  const path = url.pathname.slice(PREFIX.length);
  const read = READS.find((one) => one.path.test(path));
  if (read === undefined) {
    return refusal(404, `the preview does not read ${path} of Prometheus`);
  }
  const target = new URL(`api/v1/${path}`, prometheus);
  for (const [name, value] of url.searchParams) {
    if (!read.parameters.includes(name)) {
      return refusal(400, `the preview does not pass on the parameter ${name}`);
    }
    target.searchParams.append(name, value);
  }
  return ask(target);
}

async function ask(target: URL): Promise<Answer> {
  try {
    const response = await fetch(target, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
    return { status: response.status, type: JSON_TYPE, body: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return refusal(502, `Prometheus does not answer at ${target.origin}`);
  }
}
