import { afterEach, describe, expect, it } from '@jest/globals';
import { isLongRun } from '@evenkeel/toolkit/testing';
import { StartedSystem } from './started-system.ts';

const EPISODE_DEADLINE_MS = 600_000;

let system: StartedSystem | undefined;
afterEach(() => system?.end());

/** The timeline's lines, each with its time in seconds. */
function timelineOf(output: string): { seconds: number; event: string }[] {
  return [...output.matchAll(/^ +(\d+):(\d\d\.\d) {2}(.*)$/gm)].map(([, minutes, seconds, event = '']) => ({
    seconds: Number(minutes) * 60 + Number(seconds),
    event,
  }));
}

const SLOW_API = {
  episode: 'slow-api',
  fault: 'slow-query',
  alert: 'EvenkeelApiLatencyP95SecondsHigh',
  action: 'catalogue_cache_ttl_seconds 2 -> 120',
  // It is switched on and off, and needs no past.
  verdict: 'verdict improved; off ',
  text: 'It was on in 3 of 6 blocks and off in the others, in an order that was drawn before.',
};
const ERRORS = {
  episode: 'errors',
  fault: 'flaky-carrier',
  alert: 'EvenkeelApiErrorRatioHigh',
  action: 'carrier_retry_attempts 0 -> 4',
  verdict: 'verdict inconclusive:insufficient_history; seen before',
  text: 'Whether it helped cannot be told: the signal has been recorded for less',
};

describe('npm start -- --episode', () => {
  it.each(isLongRun() ? [SLOW_API, ERRORS] : [ERRORS])(
    '$episode runs from fault to verdict by itself and leaves nothing behind',
    async ({ episode, fault, alert, action, verdict, text }) => {
      system = await StartedSystem.start('--episode', episode);
      const exitCode = await system.exitCode;
      if (exitCode !== 0) throw new Error(system.output);
      const timeline = timelineOf(system.output);
      const events = timeline.map(({ event }) => event);
      const isAlert = (event: string) => event.startsWith(`alert ${alert} (`);
      expect(events.filter(isAlert)).toHaveLength(1);
      // The alert comes when it comes: the agent decides by the signal.
      expect(events.filter((event) => !isAlert(event))).toEqual([
        expect.stringMatching(/^orders flow: \d+ placed/),
        expect.stringContaining(`fault ${fault} injected`),
        expect.stringContaining('above'),
        expect.stringContaining('decided to act on job=warehouse'),
        expect.stringContaining(`action applied: ${action}`),
        expect.stringContaining(verdict),
      ]);
      const times = timeline.map(({ seconds }) => seconds);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(system.output).toContain(text);
      expect(system.remains()).toEqual([]);
    },
    EPISODE_DEADLINE_MS,
  );
});
