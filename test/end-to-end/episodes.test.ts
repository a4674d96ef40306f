import { afterEach, describe, expect, it } from '@jest/globals';
import { StartedSystem } from './started-system.ts';

const EPISODE_DEADLINE_MS = 300_000;

let system: StartedSystem | undefined;
afterEach(() => system?.end());

/** The timeline's lines, without the times. */
function events(output: string): string[] {
  return output.split('\n').flatMap((line) => /^ +\d+:\d\d\.\d {2}(.*)$/.exec(line)?.[1] ?? []);
}

describe('npm start -- --episode', () => {
  it.each([
    {
      episode: 'slow-api',
      fault: 'slow-query',
      alert: 'EvenkeelApiLatencyP95SecondsHigh',
      action: 'catalogue_cache_ttl_seconds 2 -> 120',
    },
    {
      episode: 'errors',
      fault: 'flaky-carrier',
      alert: 'EvenkeelApiErrorRatioHigh',
      action: 'carrier_retry_attempts 0 -> 4',
    },
  ])(
    '$episode runs from fault to verdict by itself and leaves nothing behind',
    async ({ episode, fault, alert, action }) => {
      system = await StartedSystem.start('--episode', episode);
      const exitCode = await system.exitCode;
      if (exitCode !== 0) throw new Error(system.output);
      expect(events(system.output)).toEqual([
        expect.stringMatching(/^orders flow: \d+ placed/),
        expect.stringContaining(`fault ${fault} injected`),
        expect.stringContaining('above'),
        expect.stringContaining(`alert ${alert} (`),
        expect.stringContaining('decided to act on job=warehouse'),
        expect.stringContaining(`action applied: ${action}`),
        expect.stringContaining('verdict inconclusive:not_measured; seen before'),
      ]);
      expect(system.output).not.toMatch(/improved/);
      expect(system.remains()).toEqual([]);
    },
    EPISODE_DEADLINE_MS,
  );
});
