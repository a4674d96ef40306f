import { type Answer, JSON_TYPE, refusal } from './answer.ts';

/** Where what the page shows comes from. */
export interface Sources {
  /** Base URL of the Prometheus that is shown. */
  prometheus: string;
  /** Of the agent beside it; without one, episodes are counted from metrics. */
  agent?: string | undefined;
}

/** What is passed on: of each source only the reads that the page makes, with only the parameters that these need. */
interface Source {
  prefix: string;
  /** As an error calls it. */
  name: string;
  urlIn: (sources: Sources) => string | undefined;
  reads: ReadonlyArray<{ path: RegExp; parameters: readonly string[] }>;
}

const SOURCES: readonly Source[] = [
  {
    prefix: '/api/prometheus/',
    name: 'Prometheus',
    urlIn: ({ prometheus }) => prometheus,
    reads: [
      { path: /^query$/, parameters: ['query', 'time'] },
      { path: /^query_range$/, parameters: ['query', 'start', 'end', 'step'] },
      { path: /^label\/[a-zA-Z_][a-zA-Z0-9_]*\/values$/, parameters: ['match[]', 'start', 'end'] },
    ],
  },
  {
    prefix: '/api/agent/',
    name: 'the agent',
    urlIn: ({ agent }) => agent,
    reads: [
      { path: /^episodes$/, parameters: ['limit'] },
      { path: /^episodes\/[\w-]{1,100}\/series$/, parameters: [] },
    ],
  },
];
const DEADLINE_MS = 30_000;
/** No error: a preview of a Prometheus alone is one, too. */
const NOBODY_TO_ASK: Answer = { status: 204, type: JSON_TYPE, body: '' };

/** Passes a read on to the source that its path names; undefined for a path that names none. What is no read never gets there. */
export async function readSource(url: URL, sources: Sources): Promise<Answer | undefined> {
  const source = SOURCES.find(({ prefix }) => url.pathname.startsWith(prefix));
  if (source === undefined) {
    return undefined;
  }
  const { prefix, name, urlIn, reads } = source;
  const path = url.pathname.slice(prefix.length);
  const read = reads.find((one) => one.path.test(path));
  const base = urlIn(sources);
  if (read === undefined) {
    return refusal(404, `the preview does not read ${path} of ${name}`);
  }
  const unknown = [...url.searchParams.keys()].find((parameter) => !read.parameters.includes(parameter));
  if (unknown !== undefined) {
    return refusal(400, `the preview does not pass on the parameter ${unknown}`);
  }
  if (base === undefined) {
    return NOBODY_TO_ASK;
  }
  const target = new URL(`api/v1/${path}`, base);
  target.search = url.searchParams.toString();
  return ask(target, name);
}

async function ask(target: URL, name: string): Promise<Answer> {
  try {
    const response = await fetch(target, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
    return { status: response.status, type: JSON_TYPE, body: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return refusal(502, `${name} does not answer at ${target.origin}`);
  }
}
