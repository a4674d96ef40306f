import { expect, it } from '@jest/globals';
import { buildDecided, buildRule } from '../../test/build.ts';
import { questionOf } from './question-of.ts';
import { NO_ACTIONS } from './touches.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;

/** High for 6 minutes at every odd hour, and for 40 minutes at every even one. */
const values = Float64Array.from({ length: 48 * HOUR }, (_, at) => {
  const lasts = Math.floor(at / HOUR) % 2 === 0 ? 40 : 6;
  return at % HOUR < lasts ? 3 : 0;
});

const rule = buildRule({ holding: { steadyMs: 2 * MINUTE_MS } });
const [fact] = Object.keys(rule.facts);

/** The firings that an action which waited so long is compared with, by how long their condition lasted. */
function lengthsComparedWith(waitedMinutes: number): number[] {
  const at = 46 * HOUR + 2;
  const startedAtMs = (at + waitedMinutes) * MINUTE_MS;
  const settlesAtMs = startedAtMs + MINUTE_MS;
  const decided = buildDecided({ at: at * MINUTE_MS, expect: { ...rule.expect, windowMs: 5 * MINUTE_MS } });
  const { firings, before } = questionOf(
    { decided, startedAtMs, settlesAtMs, measuredAtMs: settlesAtMs + 5 * MINUTE_MS },
    { signal: { firstMs: 0, pointMs: MINUTE_MS, values }, facts: new Map([[fact!, values]]) },
    { rule, actions: NO_ACTIONS, controls: [] },
  );
  const past = firings().filter((moment) => moment < before);
  return [...new Set(past.map((moment) => (Math.floor(moment / HOUR) % 2 === 0 ? 40 : 6)))].sort();
}

it('an action that waited for a yes is compared with conditions that lasted as long', () => {
  expect(lengthsComparedWith(0)).toEqual([40, 6]);
  expect(lengthsComparedWith(10)).toEqual([40]);
});
