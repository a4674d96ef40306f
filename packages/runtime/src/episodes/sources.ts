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
  status: string;
  labels: Readonly<Record<string, string>>;
}

/** What an episode looks at and touches: the same addresses that a person would use. */
export class Sources {
  readonly #deployment: Deployment;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The values of an instant PromQL query. */
  async query(promql: string): Promise<number[]> {
    const url = `http://${this.#deployment.addresses.prometheus}/api/v1/query?query=${encodeURIComponent(promql)}`;
    const { data } = await getJson<{ data: { result: { value: [number, string] }[] } }>(url);
    return data.result.map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
  }

  /** The highest value of a recorded signal, or undefined while it is missing. */
  async worst(signal: string): Promise<number | undefined> {
    const values = await this.query(signalSelector(signal));
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
