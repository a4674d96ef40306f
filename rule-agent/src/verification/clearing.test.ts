import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildRule, T0 } from '../../test/build.ts';
import { clearingOf } from './clearing.ts';
import { NO_ACTIONS, type PastActions } from './touches.ts';

const MINUTE_MS = 60_000;
const rule = buildRule({ holding: { steadyMs: 0 }, cooldownMs: MINUTE_MS });

/** Incidents of so many minutes each, an hour apart; the rule acts at the start of the last one. */
function clearing(minutes: readonly number[], actions: PastActions = NO_ACTIONS) {
  const latency = Float64Array.from({ length: 60 * minutes.length }, (_, at) =>
    at % 60 < minutes[Math.floor(at / 60)]! ? 3 : 0.1,
  );
  const startedAtMs = T0 + 60 * (minutes.length - 1) * MINUTE_MS;
  const signal = { firstMs: T0, pointMs: MINUTE_MS, values: latency };
  const facts = new Map([['latency', latency]]);
  return clearingOf({ decided: buildDecided(), startedAtMs }, { signal, facts }, { rule, actions });
}

/** An action of the same rule after so many minutes. */
function actionAfter(minutes: number): PastActions {
  const fromMs = T0 + minutes * MINUTE_MS;
  const decided = buildDecided({ episode: 'an earlier one' });
  return { ...NO_ACTIONS, touches: [{ decided, fromMs, toMs: fromMs + 5 * MINUTE_MS }] };
}

describe('the time that a condition takes to clear by itself', () => {
  it('is that of the firings before, and beside it when this one cleared', () => {
    expect(clearing([10, 20, 30, 40, 50, 7])).toEqual({
      clearedAfterMs: 7 * MINUTE_MS,
      timeToClear: {
        firings: 5,
        ...{ lowerMs: 20 * MINUTE_MS, medianMs: 30 * MINUTE_MS, upperMs: 40 * MINUTE_MS },
      },
    });
  });

  it('counts a firing that was acted on for as long as it was left alone, and not at all where that was at once', () => {
    const late = clearing([40, 20, 30, 40, 50, 7], actionAfter(25)).timeToClear;
    // Of 30, 40 and 50 minutes half are left after 40: the first was seen for 25.
    expect(late).toMatchObject({ firings: 5, medianMs: 40 * MINUTE_MS });
    expect(clearing([40, 20, 30, 40, 50, 7], actionAfter(1)).timeToClear).toBeUndefined();
  });

  it('is not said after a handful of firings, or of a rule that is gone', () => {
    expect(clearing([10, 20, 7])).toEqual({ clearedAfterMs: 7 * MINUTE_MS });
    const nothing = {
      signal: { firstMs: T0, pointMs: MINUTE_MS, values: new Float64Array(9) },
      facts: new Map(),
    };
    expect(
      clearingOf({ decided: buildDecided(), startedAtMs: T0 }, nothing, {
        rule: undefined,
        actions: NO_ACTIONS,
      }),
    ).toEqual({});
  });

  it('of one that goes on to the end of what is known is not known', () => {
    expect(clearing([10, 60]).clearedAfterMs).toBeUndefined();
  });
});
