import { readFileSync } from 'node:fs';
import type { Deployment } from '@evenkeel/provisioning';
import { signalSelector } from '@evenkeel/signals';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';

/** An episode of the agent as its API gives it; only what the timeline shows. */
export interface AgentEpisode {
  id: string;
  rule: string;
  target: Readonly<Record<string, string>>;
  state: string;
  decided_at: string;
  finished_at: string | null;
  verified_at: string | null;
  outcome: string | null;
  outcome_because: string | null;
  plan: { name: string; from: number; to: number } | null;
  verdict: string | null;
  observed_before: AgentFact | null;
  observed_after: AgentFact | null;
}

export interface AgentFact {
  status: string;
  value?: number | null;
}

export interface AgentAlert {
  received_at: string;
  status: string;
  labels: Readonly<Record<string, string>>;
}

/** What an episode looks at and touches: the same addresses that a person would use. */
export class Sources {
  readonly #deployment: Deployment;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The values of an instant PromQL query, now or at a time in epoch milliseconds. */
  async query(promql: string, atMs?: number): Promise<number[]> {
    const parameters = new URLSearchParams({ query: promql });
    if (atMs !== undefined) parameters.set('time', String(atMs / 1000));
    const url = `http://${this.#deployment.addresses.prometheus}/api/v1/query?${parameters.toString()}`;
    const { data } = await getJson<{ data: { result: { value: [number, string] }[] } }>(url);
    return data.result.map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
  }

  /** The highest value of a recorded signal, now or then, or undefined while it is missing. */
  async worst(signal: string, atMs?: number): Promise<number | undefined> {
    const values = await this.query(signalSelector(signal), atMs);
    return values.length === 0 ? undefined : Math.max(...values);
  }

  async alerts(): Promise<AgentAlert[]> {
    return (await this.#agent<{ items: AgentAlert[] }>('alerts')).items;
  }

  /** Newest first. */
  async episodes(rule: string): Promise<AgentEpisode[]> {
    return (await this.#agent<{ items: AgentEpisode[] }>(`episodes?rule=${rule}`)).items;
  }

  async injectFault(name: string): Promise<void> {
    const { addresses, files } = this.#deployment;
    const token = readFileSync(files.warehouseAdminToken, 'utf8').trim();
    const url = `http://${addresses.warehouse}/api/v1/admin/faults/${name}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ active: true }),
    });
    if (!response.ok) {
      throw new EvenkeelError(
        'EPISODE_FAILED',
        `the fault ${name} was not injected: ${await response.text()}`,
      );
    }
  }

  #agent<T>(path: string): Promise<T> {
    return getJson<T>(`http://${this.#deployment.addresses.agent}/api/v1/${path}`);
  }
}

async function getJson<T>(url: string): Promise<T> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()) as T;
  } catch (cause) {
    throw new EvenkeelError('EPISODE_FAILED', `no answer from ${new URL(url).host}: ${messageOf(cause)}`, {
      cause,
    });
  }
}
