import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness } from './agent-harness.ts';
import { buildRule } from './build.ts';
import { LoopbackServer } from './loopback-server.ts';

const JOBS = Array.from({ length: 10 }, (_, index) => `job-${index}`);

describe('one target of ten that accepts a connection and never responds', () => {
  let harness: AgentHarness;
  let hung: LoopbackServer;
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    hung = new LoopbackServer(() => void (requests += 1));
    await hung.start();
    harness = new AgentHarness();
    harness.furtherSystems = {
      hung: { kind: 'knob', settings: `${hung.url}/knobs`, timeout: 60_000 },
    };
    harness.rules = JOBS.map((job, index) =>
      buildRule({
        name: `rule-${index}`,
        holding: { steadyMs: 0 },
        target: { by: ['job'], match: { job } },
        action: {
          ...{ kind: 'knob', change: { set: 120 } },
          system: index === 0 ? 'hung' : 'warehouse',
          name: index === 0 ? 'knob' : `knob-${index}`,
        },
      }),
    );
    await harness.start();
    harness.seeLatencies(Object.fromEntries(JOBS.map((job) => [job, '0.1'])));
  });

  afterEach(async () => {
    await harness.stop();
    await hung.stop();
  });

  const decidedAt = async () =>
    new Map(
      (await harness.items('episodes')).map(({ rule, decided_at: at }) => [
        rule as string,
        Date.parse(at as string),
      ]),
    );

  const cyclesEnded = (count: number) =>
    until(async () => {
      const ended = await harness.metric('evenkeel_agent_cycles_total{outcome="ok"}');
      // The turn ends a little later than its cycle; a clock that moves on in between makes it a turn that was missed.
      const turnAt = await harness.metric('evenkeel_agent_loop_last_turn_timestamp_seconds{loop="looking"}');
      return ended === count && turnAt === harness.clock.now() / 1000;
    });

  it('delays no decision: every other rule acts with the next cycle, as without it', async () => {
    const { looking, acting } = harness.loops();
    await acting.start();
    await looking.start();
    await cyclesEnded(1);
    harness.seeLatencies({ 'job-0': '3' });
    await harness.clock.advance(2_000);
    await cyclesEnded(2);
    await until(() => requests > 0);

    // The target hangs now. All others fall sick, each a cycle after the other.
    const sickAt = new Map<string, number>();
    for (const [index, job] of JOBS.entries()) {
      if (index === 0) continue;
      harness.seeLatencies({ 'job-0': '3', [job]: '3' });
      await harness.clock.advance(2_000);
      sickAt.set(`rule-${index}`, harness.clock.now());
      await cyclesEnded(2 + index);
    }
    const decided = await decidedAt();
    for (const [rule, at] of sickAt) expect({ rule, at: decided.get(rule) }).toEqual({ rule, at });
    expect((await harness.items('episodes')).find(({ rule }) => rule === 'rule-0')).toMatchObject({
      state: 'decided',
      outcome: null,
    });
    await hung.stop();
    await harness.stopLoops();
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
