import { describe, expect, it } from '@jest/globals';
import { ManualClock, silentLogger } from '@evenkeel/toolkit';
import {
  buildDecided,
  buildFacts,
  buildFinished,
  buildRule,
  buildStarted,
  POLICY,
  T0,
} from '../../test/build.ts';
import { emptyHistory, record } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { failure } from '../prometheus/failure.ts';
import { gridOf } from '../prometheus/range.ts';
import { NO_ACTIONS, type ReadRange, requestRevert } from '../verification/index.ts';
import { createVerifying } from './verifying.ts';

it('gives no verdict on an action whose revert a person asked for while the verdict was on its way', async () => {
  const history = emptyHistory();
  const decided = buildDecided();
  const { plan } = buildStarted();
  for (const event of [decided, buildStarted(), buildFinished({ plan })]) record(history, event);
  const written: JournalEvent[] = [];
  const recordIf = (make: () => readonly JournalEvent[]) => {
    record(history, requestRevert({ decided }, { by: 'ann', because: 'no', at: T0, plan }));
    written.push(...make());
    return Promise.resolve();
  };
  const clock = new ManualClock(T0 + 3_600_000);
  const verifying = createVerifying({
    ...{ history, clock, recordIf, policy: POLICY, logger: silentLogger(), intervalMs: 1_000 },
    facts: () => buildFacts(undefined, clock.now()),
    rules: () => [buildRule()],
    record: (events) => Promise.resolve(void written.push(...events)),
    isActive: () => true,
  });
  await verifying.verifyDue();
  expect(written).toEqual([]);
});

const INTERVAL_MS = 2_000;
const WINDOW_MS = 900_000;
const rule = buildRule({ mode: 'shadow', expect: { ...buildRule().expect, windowMs: WINDOW_MS } });

/** Firings of one rule that were left alone, a target each, and a loop that reads no past of those in `unreadable`. */
function verifyingFor(targets: readonly string[], unreadable: readonly string[]) {
  const clock = new ManualClock(T0 + rule.expect.settleMs + WINDOW_MS);
  const history = emptyHistory();
  const written: JournalEvent[] = [];
  const asked: string[] = [];
  const enter = (events: readonly JournalEvent[]) => {
    written.push(...events);
    for (const event of events) record(history, event);
    return Promise.resolve();
  };
  const read: ReadRange = (promql, range) => {
    const job = /job="(\w+)"/.exec(promql)![1]!;
    asked.push(job);
    return Promise.resolve(
      unreadable.includes(job)
        ? failure('timeout', 'query timed out')
        : { ok: true, grid: gridOf(range), series: [] },
    );
  };
  for (const job of targets) {
    const of = { target: { job }, targetKey: targetKey({ job }), episode: job, idempotencyKey: job };
    record(history, buildDecided({ ...of, mode: 'shadow', expect: rule.expect }));
  }
  const verifying = createVerifying({
    ...{ history, policy: POLICY, clock, logger: silentLogger(), intervalMs: INTERVAL_MS },
    ...{ record: enter, recordIf: (make) => enter(make()) },
    ...{ rules: () => [rule], facts: () => buildFacts(), isActive: () => true },
    past: { read, actions: () => Promise.resolve(NO_ACTIONS) },
  });
  return {
    asked,
    turn: async () => {
      await verifying.verifyDue();
      await clock.advance(INTERVAL_MS);
    },
    judged: () => written.flatMap((event) => (event.kind === 'control' ? [event.episode] : [])),
  };
}

describe('firings that were left alone', () => {
  it('are judged one in a turn', async () => {
    const { turn, judged } = verifyingFor(['a', 'b'], []);
    await turn();
    expect(judged()).toEqual(['a']);
    await turn();
    expect(judged()).toEqual(['a', 'b']);
  });

  it('do not wait for one whose past cannot be read', async () => {
    const { turn, judged, asked } = verifyingFor(['a', 'b', 'c'], ['a']);
    for (let turns = 0; turns < 3; turns++) await turn();
    expect(judged()).toEqual(['b', 'c']);
    expect(asked.filter((job) => job === 'a')).toHaveLength(1);
  });
});
