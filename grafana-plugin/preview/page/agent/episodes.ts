import { type DataFrame, toDataFrame } from '@grafana/data';
import { type Target } from '../dashboard/shipped';

const MOST_EPISODES = 100;
const ASKS_FOR_EPISODES = /evenkeel_agent_\S*episodes_total/;

/**
 * The agent's latest episodes, as a JSON data source makes a frame of them, beside queries that ask for enhancements. Without an
 * agent there are none, and the panel counts them from its metrics.
 */
export async function askEpisodes(targets: readonly Target[]): Promise<DataFrame[]> {
  if (!targets.some(({ expr }) => ASKS_FOR_EPISODES.test(expr))) {
    return [];
  }
  const items = await readItems(`episodes?limit=${MOST_EPISODES}`);
  return items.length === 0 ? [] : [{ ...toDataFrame(items), refId: 'episodes' }];
}

async function readItems(path: string): Promise<object[]> {
  const response = await fetch(`/api/agent/${path}`);
  return response.status === 200 ? ((await response.json()) as { items: object[] }).items : [];
}
