import { type DataFrame, toDataFrame } from '@grafana/data';
import { type Target } from '../dashboard/shipped';

const MOST_EPISODES = 100;
const ASKS_FOR_EPISODES = /evenkeel_agent_\S*episodes_total/;

/**
 * The agent's latest episodes, and the series of one of them, as a JSON data source makes frames of them, beside queries that ask for
 * enhancements. Without an agent there are none, and the panel counts episodes from its metrics.
 */
export async function askEpisodes(targets: readonly Target[], chosen: string): Promise<DataFrame[]> {
  if (!targets.some(({ expr }) => ASKS_FOR_EPISODES.test(expr))) {
    return [];
  }
  const series = chosen === '' ? undefined : read(`episodes/${encodeURIComponent(chosen)}/series`);
  const { items = [] } = await read(`episodes?limit=${MOST_EPISODES}`);
  const { items: rows = [], comparable_moments: moments = [] } = (await series?.catch(() => undefined)) ?? {};
  return [items, rows, moments].filter((each) => each.length > 0).map((each) => toDataFrame(each));
}

interface AgentAnswer {
  items?: object[];
  comparable_moments?: object[];
}

async function read(path: string): Promise<AgentAnswer> {
  const response = await fetch(`/api/agent/${path}`);
  return response.status === 200 ? ((await response.json()) as AgentAnswer) : {};
}
