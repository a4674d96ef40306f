import {
  type Clock,
  EvenkeelError,
  type ListenAddress,
  type Logger,
  type Part,
  type WebAccess,
} from '@evenkeel/toolkit';
import { createKillSwitch, type KillSwitch, openSystems } from './actions/index.ts';
import { createEventFeed, createWebPart } from './api/index.ts';
import { type AgentConfig, endpointsOf } from './config/index.ts';
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
import { createLoops, createStandby, type Standby } from './loops/index.ts';
import { type AgentMetrics, createAgentMetrics } from './metrics/index.ts';
import { createRuleBook, createRuleReader } from './rules/index.ts';

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
  /** Does what is pending, looks, acts on what follows, and verifies, one after the other; the loops do the same beside each other. */
  turn: () => Promise<void>;
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
    onEntered: (event) => loops.note(event),
    onMoved: () => {
      feed.wake();
      loops.wake();
    },
  });
  const feed = createEventFeed({ journal, lastSeq: recorder.lastSeq });
  const ruleReader = createRuleReader(config.systems);
  const rules = createRuleBook({
    ...{ load: options.loadRules, history, isActive: () => standby.isActive(), clock, logger },
    record: (events) => recorder.record(events),
    onRules: (all) => metrics.expectRules(all),
    onReload: metrics.rulesReloaded,
    read: (name, text) => ruleReader.readKnown({ file: `${WRITTEN_PREFIX}${name}`, text }),
  });
  const standby = createStandby({
    ...{ leadership, journal, recorder, history },
    onLead: () => [{ kind: 'agent_started', at: clock.now(), version: options.version }, ...rules.loaded()],
  });
  const policy = policyOf(config);
  const facts = openFacts(options, metrics);
  const systems = openSystems(config.systems, { fence: leadership.token, now: () => clock.now() });
  const killSwitch = eitherStop(history, createKillSwitch(config.kill_switch_file));
  const loops = createLoops({
    ...{ journal, recorder, history, standby, metrics, clock, logger, policy },
    sources: facts.sources,
    engines: rules.engines,
    action: systems.action,
    alertmanagers: systems.alertmanagers,
    killSwitch,
    approvalMessage: config.approvals.notify,
    intervalMs: config.interval,
    overdueMs: overdueMs(config),
    retainMs: config.journal.retain,
  });
  const { looking, acting, verifying } = loops;
  const web = createWebPart({
    ...{ agent: options, metrics, readiness: looking.readiness, reload: rules.reload },
    api: {
      ...{ journal, recorder, leadership, clock, feed, policy, engines: rules.engines },
      killSwitch,
      irreversible: (plan) => systems.action.irreversible?.(plan),
      facts: looking.facts,
      sources: facts.sources.statuses,
      ask: facts.sources.ask,
      askRange: facts.sources.askRange,
      history: () => history,
      readRules: ruleReader.read,
      checkAnswers: options.checkAnswers ?? false,
    },
  });
  return {
    parts: [
      journalPart(journal),
      ...leadershipParts,
      // Before the record, which says with them what is in force.
      { name: 'rules', start: rules.reload, stop: () => undefined },
      recordPart(options, { recorder, standby }),
      { name: 'rule reader', start: () => undefined, stop: ruleReader.stop },
      connectionsPart([facts.close, systems.close]),
      web,
      ...loops.all,
    ],
    reload: rules.reload,
    addresses: web.addresses,
    async turn() {
      await acting.actOnAll();
      await looking.look();
      await acting.actOnAll();
      await verifying.verifyDue();
    },
  };
}

/** Where facts are read, with what is told of it. */
function openFacts({ config, clock, logger }: AgentOptions, metrics: AgentMetrics) {
  const opened = openSources(config, clock);
  metrics.expectSources(opened.sources.map(({ name }) => name));
  const { max_age: maxAgeMs, look_every: lookEveryMs, return_after: returnAfterMs } = config.prometheus;
  const sources = createSources({
    ...{ sources: opened.sources, clock, maxAgeMs, lookEveryMs, returnAfterMs },
    listener: announceSources(metrics, logger),
  });
  return { sources, close: opened.close };
}

/** A person's order through the API, or the file. */
function eitherStop(history: HistoryBook, file: KillSwitch): KillSwitch {
  return async () => stopOrderOf(history) ?? (await file());
}

/** A few intervals, and the time in which every endpoint of Prometheus has answered or timed out. */
function overdueMs({ interval, prometheus }: AgentConfig): number {
  return 5 * interval + endpointsOf(prometheus).reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
}

/** Closed last: giving up the lease is a write too. */
function journalPart(journal: Journal): Part {
  return { name: 'journal', start: () => undefined, stop: () => journal.close() };
}

/** When the journal was lost since it was opened, the agent starts all the same: each cycle tries it, and says why it is not ready. */
function recordPart(
  { journal: { leadership }, clock, logger }: AgentOptions,
  { recorder, standby }: { recorder: Recorder; standby: Standby },
): Part {
  return {
    name: 'record',
    async start() {
      await standby.update().catch((error: unknown) => {
        if (!isOfJournal(error)) throw error;
        logger.warn(
          { because: error.message },
          'the journal was lost since it was opened: not ready, no actions; it is tried with every cycle',
        );
      });
    },
    async stop() {
      if (leadership.leads()) await recorder.record([{ kind: 'agent_stopped', at: clock.now() }]);
    },
  };
}

function isOfJournal(error: unknown): error is EvenkeelError {
  return error instanceof EvenkeelError && error.code.startsWith('JOURNAL_');
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
