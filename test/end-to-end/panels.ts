import { type PanelQuery, panelQueries } from '@evenkeel/provisioning';

/** Panels of which some queries give nothing in a demo that runs well and has not run for long, each with the reason. */
const MAY_HAVE_GAPS: Readonly<Record<string, string>> = {
  'Score over time': 'a domain is withheld',
  'Stock by site': 'its last column is cover',
  'Served at once': 'no order was due yet',
  'Requests by status': 'no request failed',
  'By route': 'no request failed',
  'Rule by rule': 'no episode has ended',
};

/** Panels that are wholly empty then. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
  'Firing alerts': 'nothing fires',
  'Pending alerts': 'nothing is pending',
  'Scrapes failing': 'every scrape works',
  'Signals without a value': 'every signal has a value',
  'Series dropped': 'no family is over its limit',
  'Furthest from normal': 'the baselines are learning',
  'Time to the limit': 'nothing is on its way',
  'Score of inventory': 'too little is known in the first minutes: it is withheld',
  'Score of the operation': 'a domain is withheld',
  'Cover beyond lead time': 'cover takes a week of orders to know',
  'Supplier lead time': 'nothing was received yet',
  'Order to last parcel': 'no order is wholly shipped yet',
  'What costs points now': 'nothing costs any',
  'What costs system points': 'nothing costs any',
  'What costs inventory points': 'nothing costs any',
  'What costs api points': 'nothing costs any',
  'Did it help?': 'no episode has ended',
  Improved: 'no episode has ended',
  'Held back': 'no guard objected',
  'What held rules back': 'no guard objected',
  Decisions: 'none were made',
  Actions: 'none were taken',
  Notifications: 'none were sent',
};

interface Vector {
  error?: string;
  data?: { result: { metric: Record<string, string> }[] };
}

export interface Emptiness {
  /** Queries that Prometheus refuses, and panels without data that have no reason to be empty. */
  wrong: string[];
  /** Reasons for panels that no dashboard has. */
  stale: string[];
  asked: number;
}

/** Asks every query of every panel. A panel of a signal that has no value is empty by right. */
export async function emptyPanels(prometheus: (path: string) => string): Promise<Emptiness> {
  const queries = panelQueries({ rateInterval: '30s', range: '5m' });
  const answers = await askAll(queries, prometheus);
  const full = new Set(answers.filter(({ series }) => series.length > 0).map(nameOf));
  const present = new Set(
    (await ask('count by (signal) (evenkeel:signal:value)', prometheus)).series.map(({ signal }) => signal),
  );
  const wrong = answers.flatMap((answer) => {
    if (answer.error !== undefined) return [`${nameOf(answer)}: ${answer.error}`];
    if (answer.series.length > 0 || isOfMissingSignal(answer, present)) return [];
    const reasoned =
      answer.panel in MAY_BE_EMPTY || (answer.panel in MAY_HAVE_GAPS && full.has(nameOf(answer)));
    return reasoned ? [] : [`${nameOf(answer)} is empty: ${answer.expr}`];
  });
  const panels = new Set(queries.map(({ panel }) => panel));
  const reasons = Object.keys({ ...MAY_BE_EMPTY, ...MAY_HAVE_GAPS });
  return { wrong, stale: reasons.filter((panel) => !panels.has(panel)), asked: queries.length };
}

interface QueryOutcome {
  /** Labels of each series. */
  series: Record<string, string>[];
  error?: string;
}

async function askAll(
  queries: readonly PanelQuery[],
  prometheus: (path: string) => string,
): Promise<(PanelQuery & QueryOutcome)[]> {
  const answers: (PanelQuery & QueryOutcome)[] = [];
  for (const query of queries) answers.push({ ...query, ...(await ask(query.expr, prometheus)) });
  return answers;
}

async function ask(query: string, prometheus: (path: string) => string): Promise<QueryOutcome> {
  const request = { method: 'POST', body: new URLSearchParams({ query }) };
  const { error, data } = (await (await fetch(prometheus('/api/v1/query'), request)).json()) as Vector;
  const series = data?.result.map(({ metric }) => metric) ?? [];
  return error === undefined ? { series } : { series, error };
}

function isOfMissingSignal({ expr }: PanelQuery, present: ReadonlySet<string | undefined>): boolean {
  const signal = /evenkeel:[a-z:]+\{signal="(\w+)"/.exec(expr)?.[1];
  return signal !== undefined && !present.has(signal);
}

function nameOf({ dashboard, panel }: PanelQuery): string {
  return `${dashboard}: ${panel}`;
}
