import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeFlagsOf } from '@evenkeel/runtime';
import { type Server, startServer } from '../../processes.ts';
import { writeAgentFiles } from './agent-files.ts';
import { fleetRules } from './fleet-rules.ts';
import { type BenchPrometheus, startPrometheus } from './prometheus.ts';
import { type Fleet, openSignalPage, type SignalPage } from './signal-page.ts';

/** What one turn of an agent cost: by the clock, in CPU time of all its threads, and how long its event loop stood still. */
export interface Cost {
  tookMs: number;
  cpuMs: number;
  blockMs: number;
}

const SCRAPE_INTERVAL_SECONDS = 2;
const POLL_MS = 100;
const PATIENCE_MS = 60_000;
const AGENT = join(import.meta.dirname, '../../../../rule-agent/src/main.ts');

/** A real Prometheus with the signals of a fleet, and an agent with a rule for each signal that cycles when told to. */
export class Scene {
  readonly pid: number;
  readonly #agent: Server;
  readonly #prometheus: BenchPrometheus;
  readonly #page: SignalPage;
  readonly #system: HttpServer;

  private constructor(
    started: { agent: Server; prometheus: BenchPrometheus },
    near: { page: SignalPage; system: HttpServer },
  ) {
    this.#agent = started.agent;
    this.#prometheus = started.prometheus;
    this.#page = near.page;
    this.#system = near.system;
    this.pid = started.agent.pid;
  }

  static async open(directory: string, fleet: Fleet): Promise<Scene> {
    const page = await openSignalPage(fleet);
    const system = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => system.listen(0, '127.0.0.1', resolve));
    const prometheus = await startPrometheus({
      directory: join(directory, 'prometheus'),
      config: scrape(page.address),
    });
    const configFile = writeAgentFiles({
      directory: join(directory, 'agent'),
      prometheusUrl: prometheus.url,
      systemUrl: `http://127.0.0.1:${(system.address() as AddressInfo).port}`,
      rules: fleetRules(fleet.signals),
    });
    const agent = await startServer(process.execPath, (address) => [
      ...nodeFlagsOf(AGENT),
      join(import.meta.dirname, 'cycle-server.ts'),
      address,
      configFile,
    ]);
    return new Scene({ agent, prometheus }, { page, system });
  }

  cycle(): Promise<Cost> {
    return this.#ask('/cycle');
  }

  /** Waits for as long as the last cycle took: what the machine alone makes of an event loop. */
  idle(): Promise<Cost> {
    return this.#ask('/idle');
  }

  /** The largest query of a cycle alone, its answer thrown away: what Prometheus makes of an event loop. */
  query(): Promise<Cost> {
    return this.#ask('/query');
  }

  /** Makes that many services sick, and waits until Prometheus knows. */
  async sicken(services: number): Promise<void> {
    this.#page.sicken(services);
    const deadlineMs = performance.now() + PATIENCE_MS;
    while (
      (await this.#prometheus.ask('count(evenkeel:signal:value{signal="signal_00"} > 2)')) !== services
    ) {
      if (performance.now() > deadlineMs) throw new Error('Prometheus does not know who is sick');
      await delay(POLL_MS);
    }
  }

  /** The queries that Prometheus has answered so far. */
  async queries(): Promise<number> {
    const text = await (await fetch(`${this.#prometheus.url}/metrics`)).text();
    const found = text.matchAll(
      /^prometheus_http_requests_total\{code="200",handler="\/api\/v1\/query"\} (\S+)$/gm,
    );
    return [...found].reduce((total, [, count]) => total + Number(count), 0);
  }

  async close(): Promise<void> {
    await Promise.all([this.#agent.stop(), this.#prometheus.stop()]);
    this.#page.close();
    this.#system.closeAllConnections();
    this.#system.close();
  }

  async #ask(path: string): Promise<Cost> {
    const response = await fetch(new URL(path, this.#agent.url));
    return (await response.json()) as Cost;
  }
}

function scrape(target: string): object {
  const interval = `${SCRAPE_INTERVAL_SECONDS}s`;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: [{ job_name: 'fleet', honor_labels: true, static_configs: [{ targets: [target] }] }],
  };
}
