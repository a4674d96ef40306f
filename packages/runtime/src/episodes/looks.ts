import type { Schema } from '@evenkeel/agent-api';
import type { Signal } from '@evenkeel/signals';
import type { Sources } from './sources.ts';
import type { Sight } from './step.ts';
import { formatValue } from './timeline.ts';

type Look = () => Promise<Sight>;

const ENOUGH_ORDERS = 10;
const ORDERS_PLACED = 'sum(inventory_orders_placed_total)';

/** Orders come in, and the signal is there and below its warning threshold. */
export function lookForOrders(sources: Sources, signal: Signal): Look {
  let before: number | undefined;
  return async () => {
    const [placed = 0] = await sources.query(ORDERS_PLACED);
    before ??= placed;
    const value = await sources.worst(signal.name);
    const flowing = placed - before >= ENOUGH_ORDERS;
    const calm = value !== undefined && value < warnOf(signal);
    return flowing && calm
      ? { done: `orders flow: ${placed} placed so far` }
      : { seen: `${placed - before} new orders, ${signal.title} ${formatValue(value, signal.unit)}` };
  };
}

export function lookForSignal(sources: Sources, signal: Signal): Look {
  const threshold = warnOf(signal);
  return async () => {
    const value = await sources.worst(signal.name);
    return value !== undefined && value > threshold
      ? { done: `${signal.title} above ${formatValue(threshold, signal.unit)}` }
      : { seen: formatValue(value, signal.unit) };
  };
}

export function lookForAlert(sources: Sources, name: string): Look {
  return async () => {
    const alerts = await sources.alerts();
    // Newest first: the last one is the first that came.
    const firing = alerts.findLast(({ status, labels }) => status === 'firing' && labels.alertname === name);
    if (firing === undefined) return { seen: `${alerts.length} other alerts` };
    const severity = firing.labels.severity ?? 'no severity';
    return { done: `alert ${name} (${severity}) reached the agent`, atMs: Date.parse(firing.received_at) };
  };
}

export function lookForDecision(sources: Sources, rule: string): Look {
  return async () => {
    const episode = await newestEpisode(sources, rule);
    if (episode === undefined) return { seen: 'no decision' };
    const target = formatTarget(episode.target);
    return { done: `rule ${rule} decided to act on ${target}`, atMs: Date.parse(episode.decided_at) };
  };
}

export function lookForAction(sources: Sources, rule: string): Look {
  return async () => {
    const episode = await newestEpisode(sources, rule);
    if (episode?.outcome === 'applied' && episode.plan !== null) {
      const { name, from, to } = episode.plan;
      return { done: `action applied: ${name} ${from} -> ${to}`, ...timeOf(episode.finished_at) };
    }
    return { seen: [episode?.outcome ?? 'not acted', episode?.outcome_because ?? ''].join(' ').trim() };
  };
}

export function lookForVerdict(sources: Sources, rule: string, signal: Signal): Look {
  return async () => {
    const episode = await newestEpisode(sources, rule);
    if (episode === undefined || episode.verdict === null) return { seen: episode?.state ?? 'no episode' };
    return {
      done: `verdict ${episode.verdict}; ${formatSeen(episode, signal.unit)}`,
      ...timeOf(episode.verified_at),
    };
  };
}

/** Of a switchback its blocks, else what was seen before the action and after it. */
function formatSeen({ effect, observed_before, observed_after }: Schema<'Episode'>, unit: string): string {
  const blocks = effect?.switchback ?? [];
  if (blocks.length === 0) {
    const before = formatValue(observed_before.value ?? undefined, unit);
    const after = formatValue(observed_after?.value ?? undefined, unit);
    return `seen before ${before}, after ${after}`;
  }
  const means = (isOn: boolean) =>
    blocks.filter(({ on }) => on === isOn).map(({ mean }) => formatValue(mean, unit));
  return `off ${means(false).join(', ')}; on ${means(true).join(', ')}`;
}

/** What the verdict says, in words. */
export async function verdictText(sources: Sources, rule: string): Promise<string> {
  const episode = await newestEpisode(sources, rule);
  const text = episode?.verdict_text ?? 'There is no verdict.';
  if ((episode?.effect?.switchback ?? null) !== null) return text;
  return `${text}\nA signal that falls after an extreme is no proof: see docs/agent/verdicts.md.`;
}

async function newestEpisode(sources: Sources, rule: string): Promise<Schema<'Episode'> | undefined> {
  return (await sources.episodes(rule))[0];
}

function timeOf(time: string | null): { atMs?: number } {
  return time === null ? {} : { atMs: Date.parse(time) };
}

function warnOf(signal: Signal): number {
  return typeof signal.warn === 'number' ? signal.warn : Number.POSITIVE_INFINITY;
}

function formatTarget(target: Readonly<Record<string, string>>): string {
  return Object.entries(target)
    .map(([label, value]) => `${label}=${value}`)
    .join(', ');
}
