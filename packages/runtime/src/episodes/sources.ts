import { readFileSync } from 'node:fs';
import { type AgentClient, createAgentClient, type Schema } from '@evenkeel/agent-api';
import type { Deployment } from '@evenkeel/provisioning';
import { signalSelector } from '@evenkeel/signals';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';

const TIMEOUT_MS = 5_000;

/** What an episode looks at and touches: the same addresses that a person would use. */
export class Sources {
  readonly #deployment: Deployment;
  readonly #agent: AgentClient;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#agent = createAgentClient({
      url: `http://${deployment.addresses.agent}`,
      timeoutMs: TIMEOUT_MS,
    });
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

  /** Newest first. */
  async alerts(): Promise<Schema<'Alert'>[]> {
    return (await answered(this.#agent.get('/api/v1/alerts'))).items;
  }

  /** Newest first. */
  async episodes(rule: string): Promise<Schema<'Episode'>[]> {
    return (await answered(this.#agent.get('/api/v1/episodes', { query: { rule } }))).items;
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
}

async function answered<Body>(work: Promise<{ body: Body }>): Promise<Body> {
  try {
    return (await work).body;
  } catch (cause) {
    throw new EvenkeelError('EPISODE_FAILED', messageOf(cause), { cause });
  }
}

async function getJson<T>(url: string): Promise<T> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()) as T;
  } catch (cause) {
    throw new EvenkeelError('EPISODE_FAILED', `no answer from ${new URL(url).host}: ${messageOf(cause)}`, {
      cause,
    });
  }
}
