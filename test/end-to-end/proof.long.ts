import { afterAll, expect, it } from '@jest/globals';
import { createAgentClient } from '@evenkeel/agent-api';
import { Observer } from './observer.ts';
import { eventually, pause, StartedSystem } from './started-system.ts';

const LATENCY = 'evenkeel:signal:value{signal="api_latency_p95_seconds", job="warehouse"}';
const DEADLINE_MS = 600_000;
/** A signal of the demo is a rate over 30 s. */
const SETTLE_MS = 45_000;

let system: StartedSystem | undefined;
afterAll(() => system?.end());

it(
  'the interval of a switchback holds the effect that is measured by ending the fault by hand',
  async () => {
    system = await StartedSystem.start('--no-grafana', '--no-preview');
    await system.printed('Ctrl-C ends all of it.');
    const observer = new Observer(system);
    const agent = createAgentClient({ url: system.url('agent', '') });
    await eventually(DEADLINE_MS, () => observer.value(LATENCY));
    await observer.setFault('slow-query', true);
    const episode = await eventually(DEADLINE_MS, async () => {
      const { body } = await agent.get('/api/v1/episodes', { query: { rule: 'slow-api' } });
      return body.items.find(({ verdict }) => verdict !== null);
    });
    process.stdout.write(`${JSON.stringify(episode.effect?.switchback)}\n${episode.verdict_text}\n`);
    expect(episode).toMatchObject({ verdict: 'improved', expect: { switchback_blocks: 6 } });
    // Without the agent and its action: what the fault does, and what is left once it is ended.
    await observer.pauseAgent();
    await observer.setKnob('catalogue_cache_ttl_seconds', 2);
    await pause(SETTLE_MS);
    const sick = await observer.value(`avg_over_time(${LATENCY}[6s])`);
    await observer.setFault('slow-query', false);
    await pause(SETTLE_MS);
    const well = await observer.value(`avg_over_time(${LATENCY}[6s])`);
    const { low, high } = episode.effect!;
    const byHand = sick! - well!;
    process.stdout.write(
      `by hand ${byHand.toFixed(3)} s, interval ${low!.toFixed(3)} to ${high!.toFixed(3)} s\n`,
    );
    expect(byHand).toBeGreaterThanOrEqual(low!);
    expect(byHand).toBeLessThanOrEqual(high!);
  },
  3 * DEADLINE_MS,
);
