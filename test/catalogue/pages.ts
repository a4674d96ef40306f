import { mergeMetrics, type Metric, OUR_PARTS, type Part, readExposition } from '@evenkeel/provisioning';

/** Metrics of other programs that a dashboard of operations may ask for; the rest of theirs is their own business. */
const OF_OTHERS =
  /^(prometheus_(build|config|rule|notifications|target|tsdb_head_series|tsdb_storage|engine)|alertmanager_(build|alerts|config|notifications))/;

/** What the parts expose at the moment. */
export async function exposedMetrics(
  urls: Readonly<Partial<Record<Part, readonly string[]>>>,
): Promise<Metric[]> {
  const pages = Object.entries(urls).flatMap(([part, pages]) =>
    pages.map(async (url) => readPage(url, part as Part)),
  );
  return mergeMetrics(await Promise.all(pages));
}

async function readPage(url: string, part: Part): Promise<Metric[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  const metrics = readExposition(await response.text(), part);
  if (OUR_PARTS.includes(part)) return metrics;
  // Those of a process are the same for every program.
  return metrics.filter(({ name }) => OF_OTHERS.test(name) || name.startsWith('process_'));
}
