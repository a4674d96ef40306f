import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAgentClient } from '@evenkeel/agent-api';
import type { StartedSystem } from './started-system.ts';

interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

/** Utilities are 0.90 where a signal is good and 0.50 where it is poor; in between the alert may be on its way. */
const MOVED = 0.75;

/** Looks at a started system as an operator does, and turns its knobs. */
export class Observer {
  readonly #system: StartedSystem;
  readonly #secrets: string;

  /** @param system that has printed where its run is */
  constructor(system: StartedSystem) {
    this.#system = system;
    const [, run] = /tokens of this run: (\S+)/.exec(system.output) ?? [];
    if (run === undefined) throw new Error(`no run directory in:\n${system.output}`);
    this.#secrets = join(run, 'secrets');
  }

  /** The highest value of an instant query, or undefined while there is none. */
  async value(promql: string): Promise<number | undefined> {
    const values = (await this.#query(promql)).map(({ value }) => Number(value[1]));
    return values.length === 0 ? undefined : Math.max(...values);
  }

  /** From 0 to 1, of the worst target of a signal. */
  utility(signal: string): Promise<number | undefined> {
    return this.value(`evenkeel:score:signal{signal="${signal}"}`);
  }

  /** Whether a signal costs points. */
  async hasMoved(signal: string): Promise<boolean> {
    return ((await this.utility(signal)) ?? 1) < MOVED;
  }

  /** The alerts that were firing at any time since then; those of scores with their domain. */
  async firedSince(sinceMs: number): Promise<string[]> {
    const seconds = Math.max(1, Math.ceil((Date.now() - sinceMs) / 1000));
    const fired = await this.#query(
      `present_over_time(ALERTS{alertname=~"Evenkeel.+", alertstate="firing"}[${seconds}s])`,
    );
    return [...new Set(fired.map(({ metric }) => nameOf(metric)))].sort();
  }

  async isFiring(alert: string): Promise<boolean> {
    return (await this.#query(`ALERTS{alertname="${alert}", alertstate="firing"}`)).length > 0;
  }

  async pauseAgent(): Promise<void> {
    const agent = createAgentClient({
      url: this.#system.url('agent', ''),
      token: this.#secret('agent-operator-token'),
    });
    const body = { reason: 'faults are to be seen, not mended', duration: '2h' };
    await agent.post('/api/v1/pauses', { body });
  }

  async setFault(name: string, active: boolean): Promise<void> {
    await this.#admin(`faults/${name}`, { active });
  }

  async setKnob(name: string, value: number): Promise<void> {
    const { headers } = await fetch(this.#system.url('warehouse', `/api/v1/admin/knobs/${name}`));
    await this.#admin(`knobs/${name}`, { value }, { 'if-match': headers.get('etag')! });
  }

  async #admin(path: string, body: object, headers: Record<string, string> = {}): Promise<void> {
    const authorization = `Bearer ${this.#secret('warehouse-admin-token')}`;
    const response = await fetch(this.#system.url('warehouse', `/api/v1/admin/${path}`), {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
  }

  /** What is in a file of the run's secrets. */
  #secret(name: string): string {
    return readFileSync(join(this.#secrets, name), 'utf8').trim();
  }

  async #query(promql: string): Promise<Sample[]> {
    const url = this.#system.url('prometheus', `/api/v1/query?query=${encodeURIComponent(promql)}`);
    const { data } = (await (await fetch(url)).json()) as { data: { result: Sample[] } };
    return data.result;
  }
}

function nameOf({ alertname, domain }: Record<string, string>): string {
  return alertname === 'EvenkeelScoreLow' ? `${alertname} ${domain}` : alertname!;
}
