import type { Clock, ListenAddress, Logger, Part, WebAccess } from '@evenkeel/toolkit';
import { createAction, createKillSwitch, createKinds, type KillSwitch } from './actions/index.ts';
import { createEventFeed, createWebPart } from './api/index.ts';
import { type AgentConfig, endpointsOf, offersOf } from './config/index.ts';
import { type HistoryBook, policyOf, stopOrderOf } from './decisions/index.ts';
import { createSources, openSources } from './facts/index.ts';
import {
  createRecorder,
  type Journal,
  type OpenJournal,
  type Recorder,
  restoreHistory,
} from './journal/index.ts';
import { type Rule, WRITTEN_PREFIX } from './model/rule.ts';
import { announceSources, announceTo } from './log/index.ts';
import { createCycleLoop } from './loops/cycle-loop.ts';
import { createCycleRunner } from './loops/looking.ts';
import { createRetention } from './loops/retention.ts';
import { createSilenceKeeper } from './loops/silences.ts';
import { createStanding, type Standing } from './loops/standing.ts';
import { createAgentMetrics } from './metrics/index.ts';
import { openSystems } from './open-systems.ts';
import { createRuleBook, readRules, type RuleBook } from './rules/index.ts';

export interface AgentOptions {
  config: AgentConfig;
  /** Reads the rules, at the start and on every reload. @throws EvenkeelError RULES_INVALID */
  loadRules: () => readonly Rule[];
  /** Open; the agent closes it. */
  journal: OpenJournal;
  clock: Clock;
  logger: Logger;
  version: string;
  /** TLS, passwords and headers of its web server. */
  access?: WebAccess | undefined;
  /** Whether the API holds its own answers against openapi.yaml, too: for tests. */
  checkAnswers?: boolean;
}

export interface Agent {
  /** In the order in which they start. */
  parts: readonly Part[];
  /** One turn at once; the loop does the same at every interval. */
  cycle: () => Promise<void>;
  /** Takes over the rules on disk; when they have mistakes it rejects, and the old ones stay in force. */
  reload: () => Promise<void>;
  /** Where it listens, once it does. */
  addresses: () => readonly ListenAddress[];
}

/**
 * Puts an agent together; nothing listens or acts before its parts are started.
 *
 * @throws EvenkeelError JOURNAL_BROKEN
 */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const { config, clock, logger } = options;
  const { journal, leadership, parts: leadershipParts } = options.journal;
  const metrics = createAgentMetrics(options.version);
  const restored = await restoreHistory(journal);
  const { history } = restored;
  const recorder = createRecorder(journal, restored, {
    ...announceTo(metrics, logger),
    onMoved: () => {
      feed.wake();
      silences.wake();
    },
  });
  const feed = createEventFeed({ journal, lastSeq: recorder.lastSeq });
  // What is written through the API sees no variable of the environment: they may hold secrets.
  const ruleContext = { systems: offersOf(config.systems), env: {} };
  const read = (file: string, text: string) => readRules(file, text, ruleContext);
  const rules = createRuleBook({
    ...{ load: options.loadRules, history, record: recorder.record, leads: leadership.leads, clock, logger },
    onRules: metrics.expectRules,
    onReload: metrics.rulesReloaded,
    read: (name, text) => read(`${WRITTEN_PREFIX}${name}`, text),
  });
  const standing = createStanding({
    ...{ leadership, journal, recorder, history },
    onLead: () => [{ kind: 'agent_started', at: clock.now(), version: options.version }, ...rules.loaded()],
  });
  const prometheus = openSources(config, clock);
  const { systems, close: closeSystems } = openSystems(config.systems);
  const policy = policyOf(config);
  const sources = createSources({
    ...{ sources: prometheus.sources, clock, maxAgeMs: policy.maxAgeMs },
    lookEveryMs: config.prometheus.look_every,
    returnAfterMs: config.prometheus.return_after,
    listener: announceSources(metrics, logger),
  });
  metrics.expectSources(prometheus.sources.map(({ name }) => name));
  const tools = {
    sources,
    action: createAction(createKinds(systems, { fence: leadership.token, now: () => clock.now() })),
    leadership,
    killSwitch: eitherStop(history, createKillSwitch(config.kill_switch_file)),
    policy,
    recorder,
    history,
    clock,
    logger,
  };
  const silences = createSilenceKeeper({
    ...{ alertmanagers: systems.alertmanagers, history, leads: leadership.leads, clock, logger },
    record: recorder.record,
    knows: async (episode) => (await journal.find({ episode, limit: 1 })).length > 0,
    onFailure: metrics.silenceFailed,
    onKept: metrics.silencesKept,
  });
  const context = () => ({ ...tools, engines: rules.engines() });
  const runner = createCycleRunner({ context, journal, standing, metrics, patienceMs: patienceMs(config) });
  const web = createWebPart({
    agent: options,
    metrics,
    readiness: runner.readiness,
    reload: rules.reload,
    api: {
      ...{ journal, recorder, leadership, clock, feed, policy, engines: rules.engines, facts: runner.facts },
      sources: sources.statuses,
      history: () => history,
      readRules: read,
      checkAnswers: options.checkAnswers ?? false,
    },
  });
  const loop = createCycleLoop({
    clock,
    intervalMs: config.interval,
    run: runner.run,
    onMissed: metrics.cycleMissed,
  });
  return {
    parts: [
      journalPart(journal),
      ...leadershipParts,
      recordPart(options, { recorder, standing }),
      rulesPart(rules),
      connectionsPart([prometheus.close, closeSystems]),
      web,
      silences,
      loop,
      ...retentionParts(options),
    ],
    cycle: runner.run,
    reload: rules.reload,
    addresses: web.addresses,
  };
}

/** A person's order through the API, or the file. */
function eitherStop(history: HistoryBook, file: KillSwitch): KillSwitch {
  return async () => stopOrderOf(history) ?? (await file());
}

/** A few intervals, and what a cycle may spend waiting for others: reading facts, planning, applying, looking again. */
function patienceMs({ interval, prometheus, systems }: AgentConfig): number {
  const slowestMs = Math.max(0, ...Object.values(systems).map(({ timeout }) => timeout));
  const readingMs = endpointsOf(prometheus).reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
  return 5 * interval + readingMs + 10 * slowestMs;
}

/** Closed last: giving up the lease is a write too. */
function journalPart(journal: Journal): Part {
  return { name: 'journal', start: () => undefined, stop: () => journal.close() };
}

function recordPart(
  { journal: { leadership }, clock }: AgentOptions,
  { recorder, standing }: { recorder: Recorder; standing: Standing },
): Part {
  return {
    name: 'record',
    async start() {
      await standing.takeTurn();
    },
    async stop() {
      if (leadership.leads()) await recorder.record([{ kind: 'agent_stopped', at: clock.now() }]);
    },
  };
}

function rulesPart(rules: RuleBook): Part {
  return { name: 'rules', start: rules.reload, stop: () => undefined };
}

function retentionParts({ config, journal: { journal, leadership }, clock, logger }: AgentOptions): Part[] {
  const { retain: retainMs } = config.journal;
  return retainMs === undefined ? [] : [createRetention({ journal, leadership, retainMs, clock, logger })];
}

function connectionsPart(closes: readonly (() => Promise<void>)[]): Part {
  return {
    name: 'connections',
    start: () => undefined,
    async stop() {
      await Promise.all(closes.map((close) => close()));
    },
  };
}
