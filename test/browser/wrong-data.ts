import type { Page } from 'playwright-core';
import type { RecordedPrometheus } from './recorded-prometheus.ts';

interface ApiSeries {
  metric: Readonly<Record<string, string>>;
  values: [number, string][];
}

/** What may be wrong with data, as a change of what Prometheus answers. */
export interface WrongData {
  name: string;
  change: (answer: readonly ApiSeries[]) => readonly ApiSeries[];
  /** That is asked for; a quarter of an hour where it says nothing. */
  range?: string;
  /** What the panel must say. */
  says: RegExp;
}

const SECONDS_OF_FIVE_YEARS = 5 * 365 * 24 * 60 * 60;
const MANY = 10_000;

export const WRONG_DATA: readonly WrongData[] = [
  { name: 'no frames', change: () => [], says: /No data for any view/ },
  {
    name: 'other metrics',
    change: (answer) => answer.map((series) => named(series, 'node_load1')),
    says: /No data for any view in node_load1/,
  },
  { name: 'ten thousand series', change: tenThousand, says: /the worst 12 of/ },
  { name: 'not a number', change: valued(() => 'NaN'), says: /no data now/ },
  { name: 'infinite', change: valued(() => '+Inf'), says: /no data now/ },
  { name: 'gaps', change: withGaps, says: /of 100|since/ },
  { name: 'one point', change: sampled((values) => values.slice(-1)), says: /of 100|since/ },
  {
    name: 'years of range',
    change: overYears,
    range: '5y',
    says: /of 100|since/,
  },
  { name: 'negative values', change: valued((value) => `${-Number(value)}`), says: /-\d/ },
  { name: 'huge values', change: valued((value) => `${Number(value) * 1e15}`), says: /firing/ },
  { name: 'huge labels', change: withHugeLabels, says: /firing/ },
];

/** From now on the page gets the answers of Prometheus, for whatever range it asks, as they are changed. */
export async function spoilAnswers(
  page: Page,
  { change, range }: Pick<WrongData, 'change' | 'range'>,
  { fromMs, toMs }: Pick<RecordedPrometheus, 'fromMs' | 'toMs'>,
): Promise<void> {
  await page.route('**/api/prometheus/query_range?*', async (route) => {
    const url = new URL(route.request().url());
    if (range !== undefined) {
      url.searchParams.set('start', `${fromMs / 1000}`);
      url.searchParams.set('end', `${toMs / 1000}`);
      url.searchParams.set('step', '10');
    }
    // A connection that was kept alive may be closed at the moment that it is used.
    const response = await route.fetch({ url: url.href, maxRetries: 3 });
    const answer = (await response.json()) as { data: { result: ApiSeries[] } };
    await route.fulfill({
      response,
      json: { ...answer, data: { ...answer.data, result: change(answer.data.result) } },
    });
  });
}

function named({ metric, values }: ApiSeries, name: string): ApiSeries {
  return { metric: { ...metric, __name__: name }, values };
}

function sampled(pick: (values: ApiSeries['values']) => ApiSeries['values']): WrongData['change'] {
  return (answer) => answer.map(({ metric, values }) => ({ metric, values: pick(values) }));
}

function valued(said: (value: string) => string): WrongData['change'] {
  return sampled((values) => values.map(([at, value]) => [at, said(value)]));
}

/** Signals of as many instances as a large operation has. */
function tenThousand(answer: readonly ApiSeries[]): ApiSeries[] {
  const signals = answer.filter(({ metric }) => metric.__name__ === 'evenkeel:signal:value');
  if (signals.length === 0) return [...answer];
  const many = Array.from({ length: MANY }, (_, index): ApiSeries => {
    const { metric, values } = signals[index % signals.length]!;
    return { metric: { ...metric, instance: `host-${index}` }, values: values.slice(-5) };
  });
  return [...answer, ...many];
}

/** The middle third of the time has no samples. */
function withGaps(answer: readonly ApiSeries[]): readonly ApiSeries[] {
  return sampled((values) =>
    values.filter((_, index) => index < values.length / 3 || index > (values.length * 2) / 3),
  )(answer);
}

function overYears(answer: readonly ApiSeries[]): readonly ApiSeries[] {
  return sampled((values) => {
    const [first, last] = [values[0]![0], values.at(-1)![0]];
    const stretch = last === first ? 1 : SECONDS_OF_FIVE_YEARS / (last - first);
    return values.map(([at, value]) => [Math.round(last - (last - at) * stretch), value]);
  })(answer);
}

const KEPT_LABELS = new Set([
  '__name__',
  'alertstate',
  'severity',
  'domain',
  'signal',
  'direction',
  'anchor',
]);

/** Labels as those who generate them sometimes do; what the panel's contract fixes stays. */
function withHugeLabels(answer: readonly ApiSeries[]): ApiSeries[] {
  return answer.map(({ metric, values }) => ({
    metric: Object.fromEntries(
      Object.entries(metric).map(([label, value]) => [
        label,
        KEPT_LABELS.has(label) ? value : `${value}-<b>&"'${'very-long-'.repeat(60)}`,
      ]),
    ),
    values,
  }));
}
