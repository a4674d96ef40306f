import { describe, expect, it } from '@jest/globals';
import { ManualClock, silentLogger } from '@evenkeel/toolkit';
import { buildDecided, buildFinished, buildRule, buildStarted, T0 } from '../../test/build.ts';
import type { Action, ApprovalMessage } from '../actions/index.ts';
import { emptyHistory, record } from '../decisions/index.ts';
import type { Decided, JournalEvent, RevertRequested } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import { createActing } from './acting.ts';
import { createCountdown } from './stop-in-time.ts';

const INTERVAL_MS = 2_000;
const TIMEOUT_MS = 5_000;

/** An agent's acting loop with systems that respond at once, but for those that hang until they are let go. */
function actingOn(
  options: {
    hangs?: readonly string[];
    silent?: readonly string[];
    isActive?: () => boolean;
    approvalMessage?: ApprovalMessage;
    stopWithinMs?: number;
  } = {},
) {
  const clock = new ManualClock(T0);
  const history = emptyHistory();
  const sent: string[] = [];
  const letGo = Promise.withResolvers<void>();
  const reach = async (system: string) => {
    if (options.hangs?.includes(system) === true) await letGo.promise;
  };
  const action: Action = {
    async plan({ system, name }) {
      await reach(system);
      return { kind: 'change', plan: { system, name, from: 2, to: 120, version: '"1"' } };
    },
    async apply({ system, name }) {
      await reach(system);
      sent.push(`${system}/${name}`);
      return { kind: 'applied' };
    },
    verify: async ({ system }) =>
      removed.has(system) ? 'gone' : reach(system).then(() => 'applied' as const),
    async revert({ system, name }) {
      await reach(system);
      if (options.silent?.includes(name) === true) {
        await clock.sleep(TIMEOUT_MS);
        return { kind: 'unclear', because: 'no response' };
      }
      sent.push(`revert ${system}/${name}`);
      return { kind: 'applied' };
    },
  };
  const removed = new Set<string>();
  const failures: Error[] = [];
  const endings: (string | undefined)[] = [];
  const enter = (events: readonly JournalEvent[]) => {
    const failure = failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    for (const event of events) record(history, event);
    endings.push(...events.flatMap((event) => (event.kind === 'finished' ? [event.because] : [])));
    return Promise.resolve();
  };
  let rules: Rule[] | undefined;
  const asDecided = () =>
    [...history.openEpisodes.values()].map(({ decided: { rule, mode } }) => buildRule({ name: rule, mode }));
  const acting = createActing({
    rules: () => rules ?? asDecided(),
    ...{
      action,
      history,
      clock,
      record: enter,
      writeAhead: enter,
      intervalMs: INTERVAL_MS,
      continuityMs: 30_000,
    },
    killSwitch: () => Promise.resolve(undefined),
    isActive: options.isActive ?? (() => true),
    approvalMessage: options.approvalMessage,
    leftToStopMs: createCountdown(options.stopWithinMs ?? 60_000),
    logger: silentLogger(),
  });
  const setRules = (all: Rule[]) => (rules = all);
  const decide = (decided: Decided) => enter([decided]);
  return { acting, clock, history, sent, letGo, failures, endings, removed, decide, setRules };
}

let episodes = 0;

function decidedOn(system: string, name: string, job = `job-${++episodes}`): Decided {
  const target = { job };
  return buildDecided({
    ...{
      target,
      targetKey: JSON.stringify(target),
      episode: `episode-${++episodes}`,
      rule: `rule-${episodes}`,
    },
    action: { kind: 'knob', system, name, change: { set: 120 } },
  });
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}

function revertOf(decided: Decided): RevertRequested {
  const { rule, ruleVersion, target, targetKey, episode, cooldownMs, action } = decided;
  const plan = { system: action.system, name: action.name, from: 2, to: 120, version: '"1"' };
  const of = { rule, ruleVersion, target, targetKey, episode, cooldownMs };
  return { kind: 'revert_requested', at: T0, ...of, by: 'ann', because: 'no', plan };
}

describe('acting', () => {
  it('is not held up by a target that hangs: nine others are done in the same turn', async () => {
    const { acting, decide, sent, letGo } = actingOn({ hangs: ['system-0'] });
    for (let index = 0; index < 10; index++) await decide(decidedOn(`system-${index}`, 'knob'));
    await acting.start();
    await settle();
    expect(sent.sort()).toEqual(Array.from({ length: 9 }, (_, index) => `system-${index + 1}/knob`));
    letGo.resolve();
    await acting.stop();
    expect(sent).toContain('system-0/knob');
  });

  it('lets a system that hangs hold eight pieces of work, and none of another system', async () => {
    const { acting, decide, sent, letGo } = actingOn({ hangs: ['stuck'] });
    for (let index = 0; index < 50; index++) await decide(decidedOn('stuck', `knob-${index}`));
    await decide(decidedOn('sound', 'knob'));
    await acting.start();
    await settle();
    expect(sent).toEqual(['sound/knob']);
    letGo.resolve();
    await acting.actOnAll();
    await acting.stop();
    expect(sent).toHaveLength(51);
  });

  it('does one thing at a time to one knob, and to one target in a system', async () => {
    const { acting, decide, sent, letGo } = actingOn({ hangs: ['warehouse'] });
    await decide(decidedOn('warehouse', 'knob-1', 'north'));
    await decide(decidedOn('warehouse', 'knob-1', 'south'));
    await decide(decidedOn('warehouse', 'knob-2', 'north'));
    await acting.start();
    await settle();
    expect(sent).toEqual([]);
    letGo.resolve();
    await acting.actOnAll();
    await acting.stop();
    expect(sent.sort()).toEqual(['warehouse/knob-1', 'warehouse/knob-1', 'warehouse/knob-2']);
  });

  it('reverts before it carries out what was decided', async () => {
    const { acting, decide, history, sent } = actingOn();
    const first = decidedOn('warehouse', 'knob', 'north');
    record(history, revertOf(first));
    await decide(decidedOn('warehouse', 'knob', 'south'));
    await acting.actOnAll();
    expect(sent).toEqual(['revert warehouse/knob', 'warehouse/knob']);
  });

  it('sends nothing while another agent is the active one', async () => {
    const { acting, decide, sent } = actingOn({ isActive: () => false });
    await decide(decidedOn('warehouse', 'knob'));
    await acting.actOnAll();
    expect(sent).toEqual([]);
  });

  it('abandons what could not be written ahead, and sends nothing', async () => {
    const { acting, clock, decide, failures, history, sent } = actingOn();
    await decide(decidedOn('warehouse', 'knob'));
    failures.push(new Error('disk full'));
    await acting.actOnAll();
    expect(history.openEpisodes.size).toBe(1);
    await clock.advance(INTERVAL_MS);
    await acting.actOnAll();
    expect(sent).toEqual([]);
    expect(history.openEpisodes.size).toBe(0);
  });

  it('does not carry out what has waited so long that its facts are out of date', async () => {
    const { acting, clock, decide, history, sent, letGo } = actingOn({ hangs: ['warehouse'] });
    await decide(decidedOn('warehouse', 'knob', 'north'));
    await decide(decidedOn('warehouse', 'knob', 'south'));
    await acting.start();
    await settle();
    await clock.advance(31_000);
    letGo.resolve();
    await acting.actOnAll();
    await acting.stop();
    expect(sent).toEqual(['warehouse/knob']);
    expect([...history.openEpisodes.values()].map(({ decided }) => decided.target)).toEqual([
      { job: 'north' },
    ]);
  });

  it.each([
    ['was removed', [], 'the rule was removed since'],
    ['was changed', [buildRule({ version: 'bbbbbbbbbbbb' })], 'the rule was changed since'],
    ['is only to watch', [buildRule({ mode: 'shadow' })], 'the rule is in mode shadow since'],
  ] as const)('sends nothing for a rule that %s after it decided', async (_case, rules, because) => {
    const { acting, decide, endings, sent, setRules } = actingOn();
    setRules([...rules]);
    await decide({ ...decidedOn('warehouse', 'knob'), rule: 'slow-api' });
    await acting.actOnAll();
    expect({ sent, endings }).toEqual({ sent: [], endings: [because] });
  });

  it('sends nothing when a person has said no to the action before it meanwhile', async () => {
    const { acting, decide, history, sent } = actingOn();
    const decided = decidedOn('warehouse', 'knob');
    await decide(decided);
    const rest = { forMs: 3_600_000, settleMs: 0 };
    record(history, { ...revertOf(decided), episode: 'the-one-before', rest });
    await acting.actOnAll();
    expect(sent).toEqual(['revert warehouse/knob']);
    expect(history.openEpisodes.size).toBe(0);
  });

  it('does not end an episode again that another agent has ended while a target hung', async () => {
    const { acting, decide, history, letGo } = actingOn({ hangs: ['warehouse'] });
    const decided = decidedOn('warehouse', 'knob');
    await decide(decided);
    await acting.start();
    await settle();
    const { episode, rule } = decided;
    record(history, { ...buildFinished(), episode, rule });
    const before = history.openEpisodes.get(episode);
    letGo.resolve();
    await acting.stop();
    expect(before?.state).toBe('settling');
    expect(history.openEpisodes.get(episode)).toEqual(before);
  });

  it('asks for an hour what became of an action on a system that was removed, and then ends it as unclear', async () => {
    const { acting, clock, decide, endings, history, removed } = actingOn();
    const decided = decidedOn('warehouse', 'knob');
    await decide(decided);
    const { episode, rule } = decided;
    record(history, { ...buildStarted(), episode, rule });
    removed.add('warehouse');
    for (let minutes = 0; minutes < 60; minutes++) {
      await acting.actOnAll();
      await clock.advance(60_000);
    }
    expect(history.openEpisodes.get(episode)?.state).toBe('executing');
    await acting.actOnAll();
    expect(history.openEpisodes.size).toBe(0);
    expect(endings).toEqual([
      'the outcome was not recorded; warehouse is not in the configuration, and was not put back for 1h',
    ]);
  });

  it('comes round to everything in a system of which much gives no response', async () => {
    const silent = Array.from({ length: 20 }, (_, index) => `knob-${index}`);
    const { acting, clock, history, sent } = actingOn({ silent });
    for (const name of [...silent, 'sound']) record(history, revertOf(decidedOn('warehouse', name)));
    await acting.start();
    for (let seconds = 0; seconds < 20; seconds++) {
      await settle();
      await clock.advance(1_000);
    }
    expect(sent).toEqual(['revert warehouse/sound']);
    history.reverts.clear();
    const stopped = acting.stop();
    await clock.advance(TIMEOUT_MS);
    await stopped;
  });

  it('tries again after one interval when the clock is set back by an hour', async () => {
    const { acting, clock, decide, failures, history } = actingOn();
    await decide(decidedOn('warehouse', 'knob'));
    failures.push(new Error('disk full'));
    await acting.actOnAll();
    clock.setBack(3_600_000);
    await acting.actOnAll();
    expect(history.openEpisodes.size).toBe(0);
  });

  describe('with a message to send about each approval', () => {
    const approvalMessage = { system: 'desk', severity: 'warning' } as const;
    const waiting = (): Decided => ({
      ...decidedOn('warehouse', 'knob'),
      mode: 'approve',
      approval: { expiresAt: T0 + 900_000, needed: 1 },
    });

    it('is not held up by a receiver that hangs: actions in the same system go on, that of the approval too', async () => {
      const { acting, clock, decide, history, sent, letGo } = actingOn({ approvalMessage, hangs: ['desk'] });
      const asked = waiting();
      for (let index = 0; index < 20; index++) await decide(waiting());
      await decide(asked);
      await acting.start();
      await settle();
      expect(sent).toEqual([]);
      const { rule, ruleVersion, target, targetKey, episode } = asked;
      const of = { rule, ruleVersion, target, targetKey, episode };
      record(history, { kind: 'released', at: T0, ...of, approvedBy: ['ann'] });
      await decide(decidedOn('other', 'knob'));
      acting.wake();
      await clock.advance(INTERVAL_MS);
      await settle();
      expect(sent.sort()).toEqual(['other/knob', 'warehouse/knob']);
      letGo.resolve();
      await acting.stop();
    });

    it('sends none while another agent is the active one, and none without being told whom to', async () => {
      for (const options of [{ approvalMessage, isActive: () => false }, {}]) {
        const { acting, decide, sent } = actingOn(options);
        await decide(waiting());
        await acting.actOnAll();
        expect(sent).toEqual([]);
      }
    });

    it('tries a message again when the clock has been set back since', async () => {
      const { acting, decide, history, sent } = actingOn({ approvalMessage });
      const asked = waiting();
      await decide(asked);
      const ask = { attempts: 1, atMs: T0 + 86_400_000, sent: false };
      history.openEpisodes.set(asked.episode, { ...history.openEpisodes.get(asked.episode)!, ask });
      await acting.actOnAll();
      expect(sent).toEqual(['desk/approval']);
    });

    it('sends nothing that could not be written ahead, and tries again at the interval', async () => {
      const { acting, clock, decide, failures, sent } = actingOn({ approvalMessage });
      await decide(waiting());
      failures.push(new Error('disk full'));
      await acting.actOnAll();
      expect(sent).toEqual([]);
      await clock.advance(INTERVAL_MS);
      await acting.actOnAll();
      await acting.actOnAll();
      expect(sent).toEqual(['desk/approval']);
    });
  });

  it('does not wait for a target that hangs when it stops, which then sends nothing any more', async () => {
    const { acting, decide, endings, sent, letGo } = actingOn({ hangs: ['warehouse'], stopWithinMs: 1 });
    await acting.start();
    await decide(decidedOn('warehouse', 'knob'));
    acting.wake();
    await settle();
    await acting.stop();
    expect(endings).toEqual(['the agent stopped before anything was sent']);
    letGo.resolve();
    await settle();
    expect({ sent, endings: endings.length }).toEqual({ sent: [], endings: 1 });
  });

  it('begins nothing while it stops, and gives what was decided its end', async () => {
    const { acting, decide, history, sent, letGo } = actingOn({ hangs: ['warehouse'] });
    await acting.start();
    await decide(decidedOn('warehouse', 'knob', 'north'));
    acting.wake();
    await settle();
    const stopped = acting.stop();
    await decide(decidedOn('warehouse', 'other', 'south'));
    letGo.resolve();
    await stopped;
    expect(sent).toEqual(['warehouse/knob']);
    expect([...history.openEpisodes.values()].map(({ state }) => state)).toEqual(['settling']);
  });
});
