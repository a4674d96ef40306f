import { cacheStore } from 'react-inlinesvg';

/** By the address from which Grafana's components would load each. */
const ALL = '/build/img/icons.json';

/** Gives Grafana's components their icons before the first is drawn, as Grafana does; else each is a question of its own. */
export async function keepIcons(): Promise<void> {
  const response = await fetch(ALL);
  const icons = (await response.json()) as Record<string, string>;
  for (const [address, content] of Object.entries(icons)) {
    // Under the oldest Grafana there is no store before the first icon.
    (cacheStore as typeof cacheStore | undefined)?.set(address, { content, status: 'loaded' });
  }
}
