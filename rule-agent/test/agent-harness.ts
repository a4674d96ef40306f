/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers of the API are looked into by tests, as any client would */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentAddress, type AgentClient, createAgentClient, createTransport } from '@evenkeel/agent-api';
import { formatAddress, ManualClock, Secret, silentLogger } from '@evenkeel/toolkit';
import { type Agent, createAgent } from '../src/app.ts';
import type { AgentConfig } from '../src/config/index.ts';
import { ALONE, type Journal, type Leadership, openSqliteJournal } from '../src/journal/index.ts';
import type { Rule } from '../src/model/rule.ts';
import { buildRule, T0 } from './build.ts';
import { FakePrometheus } from './fake-prometheus.ts';
import { FakeWarehouse } from './fake-warehouse.ts';

const LATENCY = 'api_latency_p95_seconds';
/** Long enough for a busy machine; a test in which something hangs waits it out. */
const TIMEOUT_MS = 1_000;
/** The loops whose turns a test takes. */
const BY_HAND: ReadonlySet<string> = new Set(['looking', 'acting', 'verifying']);

export const TOKENS = {
  operator: 'operator-secret',
  ingest: 'ingest-secret',
  viewer: 'viewer-secret',
  admin: 'admin-secret',
};

/** Whatever the API sent: tests look into it. */
type Loose = any;

interface ApiResponse {
  status: number;
  headers: Headers;
  body: Loose;
}

/** A whole agent between a fake Prometheus and a fake warehouse, on a clock that the test moves; cycles run by hand. */
export class AgentHarness {
  readonly clock = new ManualClock(T0);
  readonly prometheus = new FakePrometheus(() => this.clock.now());
  readonly warehouse = new FakeWarehouse();
  readonly directory = mkdtempSync(join(tmpdir(), 'agent-'));
  readonly stopFile = join(this.directory, 'STOP');
  rules: Rule[] = [
    buildRule({ holding: { steadyMs: 4_000 }, target: { by: ['job'], match: { job: 'warehouse' } } }),
  ];
  furtherEndpoints: NonNullable<AgentConfig['prometheus']['endpoints']> = [];
  furtherSystems: AgentConfig['systems'] = {};
  approvalMessage: AgentConfig['approvals']['notify'];
  readsNeedToken = false;
  allowedHosts: string[] | undefined;
  leadership: Leadership = ALONE;
  openJournal = (): Journal => openSqliteJournal(join(this.directory, 'journal.db'));
  logger = silentLogger();
  rateLimit = { requests: 1_000_000, per: 60_000 };
  agent!: Agent;
  journal!: Journal;
  #started: Agent['parts'] = [];

  async start(): Promise<this> {
    await this.prometheus.start();
    await this.warehouse.start();
    this.seeLatency('3');
    await this.startAgent();
    return this;
  }

  async startAgent(wrap: (journal: Journal) => Journal = (journal) => journal): Promise<void> {
    this.journal = wrap(this.openJournal());
    this.agent = await createAgent({
      config: this.#config(),
      loadRules: () => this.rules,
      journal: { journal: this.journal, leadership: this.leadership, parts: [] },
      clock: this.clock,
      logger: this.logger,
      version: '0.0.0',
      checkAnswers: true,
    });
    this.#started = this.agent.parts.filter(({ name }) => !BY_HAND.has(name));
    for (const part of this.#started) await part.start();
  }

  async stopAgent(): Promise<void> {
    for (const part of [...this.#started].reverse()) await part.stop();
  }

  /** As kill -9 leaves it: nothing is written any more. */
  async killAgent(): Promise<void> {
    for (const part of [...this.#started].reverse()) {
      if (part.name !== 'record') await part.stop();
    }
  }

  async stop(): Promise<void> {
    await this.stopAgent().catch(() => undefined);
    await this.prometheus.stop();
    await this.warehouse.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Lets time pass and runs one cycle. */
  async cycle(afterMs = 2_000): Promise<void> {
    await this.clock.advance(afterMs);
    await this.agent.turn();
  }

  async cycles(count: number): Promise<void> {
    for (let done = 0; done < count; done++) await this.cycle();
  }

  /** The loops whose turns are otherwise taken by hand; started ones are stopped by `stopLoops`. */
  loops(): Record<'looking' | 'acting' | 'verifying', Agent['parts'][number]> {
    const named = (name: string) => this.agent.parts.find((part) => part.name === name)!;
    return { looking: named('looking'), acting: named('acting'), verifying: named('verifying') };
  }

  async stopLoops(): Promise<void> {
    for (const loop of Object.values(this.loops())) await loop.stop();
  }

  /** The latency of several services; each keeps what it had until it is given another. */
  seeLatencies(values: Readonly<Record<string, string>>): void {
    const kept = this.prometheus.signals.filter(({ labels }) => !(String(labels.job) in values));
    const given = Object.entries(values).map(([job, value]) => ({
      ...{ signal: LATENCY, labels: { job }, value },
      ageMs: 0,
    }));
    this.prometheus.signals = [...kept, ...given];
  }

  seeLatency(value: string, ageMs = 0): void {
    this.prometheus.signals = [{ signal: LATENCY, labels: { job: 'warehouse' }, value, ageMs }];
  }

  /** The API as its clients use it, with the token of a role or without one; a problem rejects. */
  api(role?: keyof typeof TOKENS): AgentClient {
    return createAgentClient({ ...this.#address(), token: role && TOKENS[role] });
  }

  async get(path: string, token?: string): Promise<ApiResponse> {
    return this.request('GET', path, token === undefined ? {} : { token });
  }

  /** Any request, also one that no client would send; whatever is answered. */
  async request(
    method: string,
    path: string,
    { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ApiResponse> {
    const answer = await createTransport({ ...this.#address(), token })({
      method,
      path,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const json = (answer.headers.get('content-type') ?? '').includes('json');
    const { status, text } = answer;
    return { status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  async items(name: string): Promise<Loose[]> {
    return (await this.get(`/api/v1/${name}`)).body.items;
  }

  /** The state of the one rule on its one target. */
  async state(): Promise<{ state: string; because: string | null; suppressed_by: string | null }> {
    return (await this.items('rules'))[0].targets[0];
  }

  /** One sample of /metrics, by its name with labels. */
  async metric(series: string): Promise<number | undefined> {
    const lines = String((await this.get('/metrics')).body).split('\n');
    const line = lines.find((text) => text.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  }

  #address(): AgentAddress {
    return { url: `http://${formatAddress(this.agent.addresses()[0]!)}`, timeoutMs: 30_000, maxBytes: 1e8 };
  }

  /** One endpoint, or the further ones after it. */
  #prometheusConfig(): AgentConfig['prometheus'] {
    const times = { timeout: TIMEOUT_MS, max_age: 30_000, look_every: 10_000, return_after: 20_000 };
    if (this.furtherEndpoints.length === 0) return { url: this.prometheus.url, ...times };
    const first = { name: 'first', url: this.prometheus.url };
    return { endpoints: [first, ...this.furtherEndpoints], ...times };
  }

  #config(): AgentConfig {
    return {
      prometheus: this.#prometheusConfig(),
      interval: 2_000,
      rules: [],
      journal: { path: '' },
      systems: {
        warehouse: {
          kind: 'knob',
          settings: this.warehouse.knobsUrl,
          token: new Secret(this.warehouse.token),
          timeout: TIMEOUT_MS,
        },
        ...this.furtherSystems,
      },
      budget: { actions: 10, per: 3_600_000 },
      blast_radius: { share: 0.5, targets: 4 },
      flapping: { times: 6, within: 3_600_000 },
      oscillation: { turns: 4, within: 4 * 3_600_000, rest: 86_400_000 },
      veto: { rest: 86_400_000 },
      approvals: { expire: 900_000, four_eyes: false, notify: this.approvalMessage },
      maintenance: [],
      time_zone: 'UTC',
      kill_switch_file: this.stopFile,
      web: this.allowedHosts === undefined ? {} : { allowed_hosts: this.allowedHosts },
      api: {
        listen: { host: '127.0.0.1', port: 0 },
        reads_need_token: this.readsNeedToken,
        rate_limit: this.rateLimit,
        tokens: Object.entries(TOKENS).map(([role, token]) => ({
          name: `the ${role}`,
          role: role as keyof typeof TOKENS,
          token: new Secret(token),
        })),
      },
    };
  }
}
