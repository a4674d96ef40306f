import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { formatAddress } from '@evenkeel/toolkit';
import { type Dispatcher, Pool } from 'undici';
import { AgentHarness, TOKENS } from '../../../rule-agent/test/agent-harness.ts';
import { ATTACKS, cutTo, JSON_ATTACKS } from '../../../rule-agent/test/attack-bodies.ts';
import { measured, type Measurement, type Suite } from '../measurement.ts';

const SUITE = 'bodies';
/** As long as a body may be. */
const LENGTH = 65_536;
const TRIES = 3;
const HOLD_GOAL_MS = 50;
const TOOK_GOAL_MS = 1_000;
const RESOLUTION_MS = 1;

interface Sent {
  path: string;
  token: string;
  body: string;
  type?: string;
}

/** What was sent, how long it held the event loop of the agent in the best of three tries, and how long the answer took. */
interface Held {
  what: string;
  heldMs: number;
  tookMs: number;
}

export const bodiesSuite: Suite = {
  name: SUITE,
  about: 'for how long a body stops everything else in the agent',
  async run() {
    const harness = await new AgentHarness().start();
    const pool = new Pool(`http://${formatAddress(harness.agent.addresses()[0]!)}`, { connections: 2 });
    try {
      const send = ({ path, token, body, type = 'application/json' }: Sent) =>
        pool.request({
          ...{ method: 'POST', path, body },
          headers: { authorization: `Bearer ${token}`, 'content-type': type },
        });
      const rules = await holdEach(ATTACKS, (body) =>
        send({ path: '/api/v1/rules/validate', token: TOKENS.viewer, type: 'application/yaml', body }),
      );
      const json = await holdEach(JSON_ATTACKS, (body) =>
        send({ path: '/api/v1/pauses', token: TOKENS.operator, body }),
      );
      const webhooks: Held[] = [];
      for (const alerts of [1_000, 15_000]) {
        let round = 0;
        webhooks.push(
          await hold(`${alerts} alerts`, () =>
            send({ path: '/api/v1/alerts', token: TOKENS.ingest, body: webhook(alerts, round++) }),
          ),
        );
      }
      const idle = await hold('nothing', async () => {
        await delay(20);
        return undefined;
      });
      return [
        ...worst('rules', rules),
        ...worst('json', json),
        ...webhooks.flatMap((one) => worst(`webhook_${one.what.split(' ')[0]!}`, [one])),
        ...worst('idle', [idle]),
      ];
    } finally {
      await pool.close();
      await harness.stop();
    }
  },
};

type Send<Body extends unknown[] = []> = (...body: Body) => Promise<Dispatcher.ResponseData | undefined>;

async function holdEach(attacks: typeof ATTACKS, send: Send<[string]>): Promise<Held[]> {
  const held: Held[] = [];
  for (const [what, makeText] of Object.entries(attacks)) {
    const body = cutTo(LENGTH, makeText(LENGTH));
    held.push(await hold(what, () => send(body)));
  }
  return held;
}

async function hold(what: string, send: Send): Promise<Held> {
  const tries: Held[] = [];
  for (let round = 0; round < TRIES; round++) {
    const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    await delay(5);
    loop.enable();
    await delay(5);
    loop.reset();
    const startedMs = performance.now();
    const response = await send();
    await response?.body.text();
    const tookMs = performance.now() - startedMs;
    await delay(5);
    loop.disable();
    tries.push({ what, heldMs: loop.max / 1e6 - RESOLUTION_MS, tookMs });
  }
  return tries.reduce((best, one) => (one.heldMs < best.heldMs ? one : best));
}

function worst(name: string, held: readonly Held[]): Measurement[] {
  const longest = held.reduce((most, one) => (one.heldMs > most.heldMs ? one : most));
  const slowest = held.reduce((most, one) => (one.tookMs > most.tookMs ? one : most));
  const isControl = name === 'idle';
  return [
    measured({
      ...{ suite: SUITE, name: `held_${name}`, value: longest.heldMs, unit: 'ms', of: longest.what },
      ...(!isControl && { goal: HOLD_GOAL_MS }),
    }),
    measured({
      ...{ suite: SUITE, name: `took_${name}`, value: slowest.tookMs, unit: 'ms', of: slowest.what },
      ...(name === 'rules' && { goal: TOOK_GOAL_MS }),
    }),
  ];
}

/** A delivery of Alertmanager with so many alerts, each new in every round. */
function webhook(alerts: number, round: number): string {
  return JSON.stringify({
    ...{ version: '4', groupKey: `bench ${round}`, receiver: 'agent', status: 'firing' },
    alerts: Array.from({ length: alerts }, (_, index) => ({
      ...{ status: 'firing', startsAt: '2026-11-23T12:00:00Z', fingerprint: `f${round}-${index}` },
      labels: { alertname: `A${index}`, job: 'warehouse', text: 'x'.repeat(300) },
      annotations: { summary: 'y'.repeat(200) },
    })),
  });
}
