import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import { emptyHistory, record } from '../decisions/index.ts';
import type { OpenEpisode } from '../model/history.ts';
import { WorkQueue } from './work-queue.ts';

const RETRY_AFTER_MS = 2_000;

/** Counts how often all that is in it is walked through. */
class CountingMap extends Map<string, OpenEpisode> {
  walks = 0;

  override keys() {
    this.walks += 1;
    return super.keys();
  }

  override values() {
    this.walks += 1;
    return super.values();
  }

  override [Symbol.iterator]() {
    this.walks += 1;
    return super[Symbol.iterator]();
  }
}

function queueOf() {
  const openEpisodes = new CountingMap();
  const history = { ...emptyHistory(), openEpisodes };
  const queue = new WorkQueue({ history, retryAfterMs: RETRY_AFTER_MS });
  const decide = (episode: string, name = episode) => {
    const target = { job: name };
    const action = { kind: 'knob', system: 'warehouse', name, change: { set: 120 } } as const;
    record(history, buildDecided({ ...{ episode, target, targetKey: name, action } }));
    queue.look(episode, T0);
  };
  const revert = (episode: string, name = episode) => {
    const { rule, ruleVersion, cooldownMs } = buildDecided();
    const plan = { ...buildStarted().plan, system: 'warehouse', name };
    const of = { rule, ruleVersion, cooldownMs, target: { job: name }, targetKey: name, episode };
    record(history, { kind: 'revert_requested', at: T0, ...of, by: 'ann', because: 'no', plan });
    queue.look(episode, T0);
  };
  const end = (episode: string) => {
    record(history, buildFinished({ episode }));
    queue.look(episode, T0);
  };
  /** The episodes that begin. */
  const take = (nowMs = T0) => {
    const taken = [...queue.take(nowMs)];
    for (const queued of taken) queued.begunAtMs = nowMs;
    return taken.map(({ work }) => work);
  };
  const names = (nowMs = T0) => take(nowMs).map(({ kind, episode }) => `${kind} ${episode}`);
  return { history, openEpisodes, queue, decide, revert, end, take, names };
}

describe('the queue of work', () => {
  it('walks through no episodes while one after the other is decided, begun and ended', () => {
    const { openEpisodes, queue, decide, end, take } = queueOf();
    for (let index = 0; index < 500; index++) decide(`e-${index}`);
    const done: string[] = [];
    for (let under = take(); under.length > 0; under = take()) {
      for (const work of under) {
        end(work.episode);
        queue.release(work);
        done.push(work.episode);
      }
    }
    expect(done).toEqual(Array.from({ length: 500 }, (_, index) => `e-${index}`));
    expect(openEpisodes.walks).toBe(0);
  });

  it('lets eight at a time begin in one system, and the next with each that has ended', () => {
    const { queue, decide, end, take, names } = queueOf();
    for (let index = 0; index < 20; index++) decide(`e-${index}`);
    const begun = take();
    expect(begun).toHaveLength(8);
    expect(names()).toEqual([]);
    end('e-3');
    queue.release(begun[3]!);
    expect(names()).toEqual(['execute e-8']);
  });

  it('gives a revert that comes later the next place', () => {
    const { queue, decide, revert, end, take, names } = queueOf();
    for (let index = 0; index < 10; index++) decide(`e-${index}`);
    const [first] = take();
    revert('r');
    end('e-0');
    queue.release(first!);
    expect(names()).toEqual(['revert r']);
  });

  it('does one after the other for one thing, and passes it on when a place before it is given up', () => {
    const { queue, decide, end, names, take } = queueOf();
    for (const episode of ['a', 'b', 'c']) decide(episode, 'one');
    const [a] = take();
    expect(names()).toEqual([]);
    end('b');
    expect(names()).toEqual([]);
    end('a');
    expect(names()).toEqual([]);
    queue.release(a!);
    expect(names()).toEqual(['execute c']);
  });

  it('lets nobody at a thing of which it is not known how the attempt before ended', () => {
    const { history, queue, decide, names, take } = queueOf();
    decide('a', 'one');
    decide('b', 'one');
    const [a] = take();
    record(history, buildStarted({ episode: 'a' }));
    queue.look('a', T0);
    queue.release(a!);
    expect(names(T0 + 1)).toEqual([]);
    queue.lookAtAll(T0 + RETRY_AFTER_MS);
    expect(names(T0 + RETRY_AFTER_MS)).toEqual(['reconcile a']);
  });

  it('tries what has not been tried before what is tried again', () => {
    const { queue, decide, names, take } = queueOf();
    for (let index = 0; index < 8; index++) decide(`e-${index}`);
    for (const work of take()) queue.release(work);
    for (let index = 8; index < 12; index++) decide(`e-${index}`);
    queue.lookAtAll(T0 + RETRY_AFTER_MS);
    expect(names(T0 + RETRY_AFTER_MS)).toEqual(
      [8, 9, 10, 11, 0, 1, 2, 3].map((index) => `execute e-${index}`),
    );
  });

  it('finds a switch when it is due, and that is no attempt at the next one', () => {
    const { history, queue, names, take } = queueOf();
    const { expect: expected } = buildDecided();
    const blocks = { settleMs: 10_000, windowMs: 50_000, switchback: 6 as const };
    const order = {
      switchbackOrder: [true, false, true, true, false, false],
      expect: { ...expected, ...blocks },
    };
    const of = { episode: 'a', rule: 'slow-api' };
    for (const event of [buildDecided({ ...order, ...of }), buildStarted(of), buildFinished(of)]) {
      record(history, event);
    }
    queue.look('a', T0);
    const dueMs = queue.nextSwitchMs();
    expect(dueMs).toBeGreaterThan(T0 + 60_000 - 1);
    expect(names(dueMs - 1)).toEqual([]);
    const [first] = take(dueMs);
    expect(first).toMatchObject({ kind: 'switch', episode: 'a' });
    record(history, { kind: 'switch_ended', at: dueMs, ...of, to: 'off', outcome: 'switched' });
    queue.look('a', dueMs);
    queue.release(first!);
    expect(queue.nextSwitchMs()).toBe(dueMs + 60_000);
    queue.look('a', dueMs + 60_000);
    expect(names(dueMs + 60_000)).toEqual(['switch a']);
  });

  it('begins nothing of what was cut off meanwhile, which nobody told it', () => {
    const { history, decide, names } = queueOf();
    decide('a');
    record(history, { kind: 'agent_started', at: T0, version: '1' });
    expect(names()).toEqual(['reconcile a']);
  });

  it('has forgotten everything but what is under way once it is cleared', () => {
    const { queue, decide, names, take } = queueOf();
    decide('a', 'one');
    const [a] = take();
    decide('b', 'one');
    queue.clear();
    queue.lookAtAll(T0);
    expect(names()).toEqual([]);
    queue.release(a!);
    expect(names()).toEqual(['execute a']);
  });
});
