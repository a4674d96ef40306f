import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret, silentLogger, systemClock } from '@evenkeel/toolkit';
import { freePort, newDatabase, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type OpenJournal, openSharedJournal } from '../../rule-agent/src/journal/index.ts';
import { AgentHome, CONFIG } from '../../rule-agent/test/agent-home.ts';
import { buildAlert, buildDecided, buildFinished, buildStarted, T0 } from '../../rule-agent/test/build.ts';
import { describeJournal } from '../../rule-agent/test/journal-suite.ts';
import { typeCommand } from '../../rule-agent/test/type-command.ts';
import { StallableProxy } from './stallable-proxy.ts';

/** Long enough for a machine that is busy with other things. */
const PATIENT = { leaseMs: 60_000, timeoutMs: 10_000 };
/** Short, for what happens when they run out. */
const BRISK = { leaseMs: 3_000, timeoutMs: 2_000 };

let postgres: TestDatabase;
let schemas = 0;

beforeAll(async () => {
  postgres = await newDatabase();
});

afterAll(() => postgres.stop());

interface Agent extends OpenJournal {
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface AgentOptions {
  port?: number;
  advertise?: string;
  times?: typeof PATIENT;
}

async function openAgent(schema: string, { port, advertise = '', times = PATIENT }: AgentOptions = {}) {
  const url = new URL(postgres.url);
  if (port !== undefined) url.port = String(port);
  const open = await openSharedJournal(
    { url: new Secret(url.href), schema, ...times, advertise },
    { clock: systemClock, logger: silentLogger() },
  );
  const agent: Agent = {
    ...open,
    start: async () => {
      for (const part of open.parts) await part.start();
    },
    stop: async () => {
      for (const part of open.parts) await part.stop();
      await open.journal.close();
    },
  };
  return agent;
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Works while nobody else can touch a table. */
async function whileLocked<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  } finally {
    await client.end();
  }
}

/** Waits for a condition; the test's own deadline is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('in PostgreSQL', () => {
  let schema = 'journal_0';

  describe('as every journal', () => {
    describeJournal({
      async open() {
        const agent = await openAgent(schema);
        await agent.start();
        return { ...agent.journal, close: () => agent.stop() };
      },
      tamper: (sql) => execute(`SET search_path = ${schema}; ${sql}`),
      async clear() {
        await execute(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
        schema = `journal_${++schemas}`;
      },
    });
  });

  it('a journal of a later version is refused and left as it is', async () => {
    const opened = await openAgent('newer');
    await opened.stop();
    await execute('UPDATE newer.version SET version = 99');
    await expect(openAgent('newer')).rejects.toMatchObject({ code: 'JOURNAL_NEWER' });
  });

  it('a server that is not there is an error with a hint, without the password', async () => {
    const failing = openAgent('gone', { port: await freePort() });
    await expect(failing).rejects.toMatchObject({ code: 'JOURNAL_UNREACHABLE' });
    const password = new URL(postgres.url).password;
    await expect(failing).rejects.not.toThrow(password);
  });
});

describe('evenkeel-agent explain', () => {
  const home = new AgentHome();

  afterAll(() => home.remove());

  it('reads the journal beside the agent that leads, and takes nothing from it', async () => {
    const agent = await openAgent('explained');
    await agent.start();
    await agent.journal.append([buildDecided(), buildStarted()]);
    const shared = `{ postgres: { url: "${postgres.url}", schema: explained } }`;
    home.write('agent.yml', CONFIG.replace('{ path: journal.db }', shared));
    const config = `--config.file=${join(home.directory, 'agent.yml')}`;
    const episode = await typeCommand(['explain', 'slow-api-1', config]);
    const rule = await typeCommand(['explain', 'slow-api', 'job=warehouse', config]);
    expect(episode.stdout).toContain('sending warehouse/cache_ttl: 2 -> 120');
    expect(rule.stdout).toContain('it does not act now: its own episode slow-api-1 is under way');
    expect(agent.leadership.leads()).toBe(true);
    expect(await agent.journal.append([buildFinished()])).toMatchObject({ lastSeq: 3 });
    await agent.stop();
  });
});

describe('two agents', () => {
  const agents: Agent[] = [];
  let proxy: StallableProxy | undefined;
  let schema = '';

  async function joinIn(options: AgentOptions = {}): Promise<Agent> {
    const agent = await openAgent(schema, options);
    agents.push(agent);
    await agent.start();
    return agent;
  }

  afterEach(async () => {
    await Promise.all(agents.splice(0).map((agent) => agent.stop().catch(() => undefined)));
    await proxy?.close();
    proxy = undefined;
  });

  it('have one leader; the other reads what it writes, cannot write, and says who can', async () => {
    schema = 'one_leader';
    const first = await joinIn({ advertise: 'http://first:9851' });
    const second = await joinIn();
    expect([first.leadership.leads(), second.leadership.leads()]).toEqual([true, false]);
    await first.journal.append([buildDecided()]);
    expect(await second.journal.find({ limit: 1 })).toMatchObject([{ event: { kind: 'decided' } }]);
    await expect(second.journal.append([buildStarted()])).rejects.toMatchObject({
      code: 'JOURNAL_STANDBY',
      hint: 'send it to http://first:9851',
    });
    expect(second.leadership.leader()).toMatchObject({ url: 'http://first:9851' });
  });

  it('change places at once when the leader stops, under a higher token', async () => {
    schema = 'handover';
    const first = await joinIn({ times: BRISK });
    await until(() => first.leadership.leads());
    const second = await joinIn({ times: BRISK });
    const before = first.leadership.token()!;
    await first.parts[0]!.stop();
    await until(() => second.leadership.leads());
    expect(second.leadership.token()).toBeGreaterThan(before);
    expect(first.leadership.token()).toBe(before);
  });

  it('are never two leaders while the network of the first is cut, and the second takes over', async () => {
    schema = 'cut';
    proxy = await StallableProxy.to(Number(new URL(postgres.url).port));
    const first = await joinIn({ port: proxy.port, times: BRISK });
    await until(() => first.leadership.leads());
    const led = first.leadership.token();
    const second = await joinIn({ times: BRISK });
    let both = 0;
    const watch = setInterval(() => {
      if (first.leadership.leads() && second.leadership.leads()) both += 1;
    }, 1);
    proxy.cut();
    await until(() => second.leadership.leads());
    expect([first.leadership.leads(), first.leadership.token()]).toEqual([false, led]);
    await second.journal.append([buildStarted({ at: T0 })]);
    await expect(first.journal.append([buildStarted({ at: T0 })])).rejects.toThrow();
    proxy.mend();
    await until(() => first.leadership.leader()?.holder === second.leadership.leader()?.holder);
    expect(first.leadership.leads()).toBe(false);
    await expect(first.journal.append([buildStarted({ at: T0 })])).rejects.toMatchObject({
      code: 'JOURNAL_STANDBY',
    });
    clearInterval(watch);
    expect(both).toBe(0);
  });

  it('keep their places while a write of the leader takes longer than its lease', async () => {
    schema = 'slow_write';
    const first = await joinIn({ times: { leaseMs: 1_000, timeoutMs: 10_000 } });
    await until(() => first.leadership.leads());
    const second = await joinIn({ times: { leaseMs: 1_000, timeoutMs: 10_000 } });
    const token = first.leadership.token();
    let lost = 0;
    const watch = setInterval(() => {
      if (!first.leadership.leads() || second.leadership.leads()) lost += 1;
    }, 5);
    const writing = await whileLocked('slow_write.events', async () => {
      const write = first.journal.append([buildDecided()]);
      await sleep(3_000);
      return { write };
    });
    expect(await writing.write).toMatchObject({ lastSeq: 1 });
    clearInterval(watch);
    expect([lost, first.leadership.token()]).toEqual([0, token]);
  });

  it('keep their places while 10,000 alerts come in at once', async () => {
    schema = 'many_alerts';
    const first = await joinIn({ times: { leaseMs: 1_000, timeoutMs: 30_000 } });
    await until(() => first.leadership.leads());
    const token = first.leadership.token();
    const alerts = Array.from({ length: 10_000 }, (_, index) => buildAlert({ fingerprint: String(index) }));
    expect(await first.journal.append(alerts, { onlyNew: true })).toMatchObject({ lastSeq: 10_000 });
    expect([first.leadership.leads(), first.leadership.token()]).toEqual([true, token]);
    expect(await first.journal.append(alerts, { onlyNew: true })).toMatchObject({ lastSeq: undefined });
    expect(await first.journal.verifyChain()).toMatchObject({ intact: true, rows: 10_000 });
  });

  it('change places though the leader is cut off in the middle of a write, which then does not count', async () => {
    schema = 'cut_write';
    proxy = await StallableProxy.to(Number(new URL(postgres.url).port));
    const first = await joinIn({ port: proxy.port, times: BRISK });
    await until(() => first.leadership.leads());
    const second = await joinIn({ times: BRISK });
    const lost = first.journal.append(() => {
      proxy!.cut();
      return [buildDecided()];
    });
    await expect(lost).rejects.toMatchObject({ code: 'JOURNAL_WRITE_FAILED' });
    await until(() => second.leadership.leads());
    expect(await second.journal.append([buildStarted()])).toMatchObject({ lastSeq: 1 });
  });

  it('cannot both write one start, even when the first does not know that it has lost its lease', async () => {
    schema = 'fenced';
    const first = await joinIn();
    await first.parts[0]!.start();
    await execute(`UPDATE fenced.lease SET holder = 'other', token = token + 1`);
    expect(first.leadership.leads()).toBe(true);
    await expect(first.journal.append([buildStarted()])).rejects.toMatchObject({ code: 'JOURNAL_STANDBY' });
  });
});
