import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildEpisode, T0 } from '../../test/build.ts';
import type { JournalEvent } from '../model/event.ts';
import { measure } from './measure.ts';
import { concerns, NO_ACTIONS, touchesIn } from './touches.ts';

const MINUTE_MS = 60_000;
const plan = { kind: 'knob', system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };
const expected = { ...buildDecided().expect, settleMs: MINUTE_MS, windowMs: 15 * MINUTE_MS };

const decidedAs = (episode: string, overrides: Partial<ReturnType<typeof buildDecided>> = {}) =>
  buildDecided({ episode, expect: expected, ...overrides });

function story(
  episode: string,
  ...steps: readonly (readonly [number, 'started' | 'finished' | 'verified'])[]
): JournalEvent[] {
  const of = { episode, rule: 'slow-api' };
  return [
    decidedAs(episode),
    ...steps.map(([minute, kind]): JournalEvent => {
      const at = T0 + minute * MINUTE_MS;
      if (kind === 'started') return { kind, at, ...of, idempotencyKey: episode, plan };
      if (kind === 'finished') return { kind, at, ...of, outcome: 'applied', plan, reconciled: false };
      return { kind, at, ...of, verdict: 'no_effect', observedAfter: { status: 'missing', because: '' } };
    }),
  ];
}

describe('an action touches its signal', () => {
  it('from its start until its effect has gone', () => {
    const [touch] = touchesIn(story('a', [0, 'started'], [1, 'finished'], [17, 'verified']));
    expect(touch).toMatchObject({ fromMs: T0, toMs: T0 + 18 * MINUTE_MS });
  });

  it('for as long as it is under way, and not at all when nothing was sent', () => {
    expect(touchesIn(story('a', [0, 'started'], [1, 'finished']))[0]!.toMs).toBe(Infinity);
    expect(touchesIn(story('a', [0, 'started']))[0]!.toMs).toBe(Infinity);
    expect(touchesIn(story('a'))).toEqual([]);
  });

  it('of its own targets, or what its knob moves', () => {
    const one = decidedAs('a');
    expect(concerns(decidedAs('b'), one)).toBe(true);
    expect(concerns(decidedAs('b', { target: { job: 'shop' } }), one)).toBe(true);
    const action = { ...one.action, name: 'other' };
    expect(concerns(decidedAs('b', { target: { job: 'shop' }, action }), one)).toBe(false);
    expect(concerns(decidedAs('b', { expect: { ...expected, signal: 'cpu' }, action }), one)).toBe(false);
  });
});

describe('an episode is confounded', () => {
  const episode = buildEpisode({
    ...{ decided: decidedAs('mine'), state: 'settling', startedAtMs: T0 },
    ...{ settlesAtMs: T0 + MINUTE_MS, measuredAtMs: T0 + 16 * MINUTE_MS },
  });
  const verdictBeside = async (events: JournalEvent[]) => {
    const found = await measure(episode, {
      ...{
        rule: undefined,
        actions: { ...NO_ACTIONS, touches: touchesIn(events) },
        controls: [],
        isLastTry: true,
      },
      read: () =>
        Promise.resolve({ ok: true, grid: { startMs: T0, stepMs: MINUTE_MS, points: 0 }, series: [] }),
    });
    return found.ok ? found.judgement.verdict : found.because;
  };

  it.each([
    ['by one that began in its window', story('other', [5, 'started'], [6, 'finished'])],
    [
      'by one whose effect was still coming',
      story('other', [-10, 'started'], [-9, 'finished'], [-0.5, 'verified']),
    ],
    ['by one that is under way', story('other', [-90, 'started'], [-89, 'finished'])],
  ])('%s', async (_when, events) => {
    expect(await verdictBeside(events)).toBe('inconclusive:confounded');
  });

  it.each([
    ['by itself', story('mine', [0, 'started'], [1, 'finished'])],
    ['by one that had gone', story('other', [-90, 'started'], [-89, 'finished'], [-60, 'verified'])],
    ['by one after its window', story('other', [17, 'started'])],
  ])('not %s', async (_when, events) => {
    expect(await verdictBeside(events)).not.toBe('inconclusive:confounded');
  });
});
