import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, systemClock } from '@evenkeel/toolkit';
import { createAgent } from '../../../../rule-agent/src/app.ts';
import { agentProgram } from '../../../../rule-agent/src/commands/index.ts';
import { requireConfig, requireRules } from '../../../../rule-agent/src/commands/load.ts';
import { SIGNAL_QUERY } from '../../../../rule-agent/src/facts/signal-book.ts';
import { openOwnJournal } from '../../../../rule-agent/src/journal/index.ts';

/**
 * A program for the suite: the agent of the agent.yml that its second argument names, whose cycles run when they are asked
 * for. On the address that its first one gives, `/cycle` runs one, `/idle` waits for as long as one took, and both say what
 * that cost. `/query` sends the largest query of a cycle only, and throws the answer away.
 */
const [address, configFile] = process.argv.slice(2);
const config = requireConfig(configFile!, { env: {}, program: agentProgram('bench') });
config.api.listen = { host: '127.0.0.1', port: 0 };
const agent = await createAgent({
  config,
  loadRules: () => requireRules(config, configFile!, {}).rules,
  journal: openOwnJournal(join(dirname(configFile!), 'journal.db')),
  clock: systemClock,
  logger: createLogger({ name: 'evenkeel-agent', level: 'info', format: 'json' }),
  version: '0.0.0',
});
const BY_REQUEST = ['looking', 'acting', 'verifying'];
for (const part of agent.parts) if (!BY_REQUEST.includes(part.name)) await part.start();

const TICK_MS = 1;
/** What is left behind is cleared away after a cycle: that counts, too. */
const AFTERWARDS_MS = 100;
const block = monitorEventLoopDelay({ resolution: TICK_MS });
block.enable();
let lastTookMs = 0;

async function measure(work: () => Promise<unknown>) {
  await delay(TICK_MS * 5);
  block.reset();
  const [cpuBefore, startedMs] = [process.cpuUsage(), performance.now()];
  await work();
  const tookMs = performance.now() - startedMs;
  await delay(AFTERWARDS_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { tookMs, cpuMs: (user + system) / 1000, blockMs: block.max / 1e6 - TICK_MS };
}

async function queryAlone(): Promise<void> {
  const body = new URLSearchParams({ query: SIGNAL_QUERY });
  const asked = request(`${config.prometheus.url!}/api/v1/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  asked.end(body.toString());
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
}

async function answer(path: string | undefined): Promise<object> {
  if (path === '/idle') return measure(() => delay(lastTookMs));
  if (path === '/query') return measure(queryAlone);
  if (path !== '/cycle') return {};
  const cost = await measure(agent.turn);
  lastTookMs = cost.tookMs;
  return cost;
}

createServer((request, response) => {
  void answer(request.url).then((body) => response.end(JSON.stringify(body)));
}).listen(Number(address!.split(':')[1]), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
