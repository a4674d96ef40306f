import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { buildRule, ok, warehouse } from '../../test/build.ts';
import type { Condition, ConditionGroup } from '../model/rule.ts';
import { targetKey } from '../model/target.ts';
import { buildRuleEngine } from './engine.ts';
import { evaluate } from './evaluate.ts';

const facts = { latency: { signal: 'a' }, traffic: { signal: 'b' } };
const notHigh: ConditionGroup = { not: { fact: 'latency', operator: 'greaterThan', value: 1 } };

function engineFor(when: ConditionGroup, clear?: ConditionGroup) {
  return buildRuleEngine(buildRule({ facts, when, ...(clear === undefined ? {} : { clear }) }));
}

function forced(value: unknown): Record<string, number> {
  return { latency: value as number };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the conditions of a rule', () => {
  it('have a firing and a clear side, and a between', async () => {
    const engine = engineFor(
      { all: [{ fact: 'latency', operator: 'greaterThan', value: 1 }] },
      { all: [{ fact: 'latency', operator: 'lessThan', value: 0.5 }] },
    );
    expect(await engine.judge({ latency: 2 })).toEqual({ when: true, clear: false });
    expect(await engine.judge({ latency: 0.7 })).toEqual({ when: false, clear: false });
    expect(await engine.judge({ latency: 0.2 })).toEqual({ when: false, clear: true });
  });

  it('clear as soon as when is false, where nothing else is said', async () => {
    const engine = engineFor({ all: [{ fact: 'latency', operator: 'greaterThan', value: 1 }] });
    expect(await engine.judge({ latency: 0.9 })).toEqual({ when: false, clear: true });
  });

  it('may compare a fact with another', async () => {
    const engine = engineFor({
      all: [{ fact: 'latency', operator: 'greaterThan', value: { fact: 'traffic' } }],
    });
    expect(engine.required).toEqual(['latency', 'traffic']);
    expect(await engine.judge({ latency: 2, traffic: 1 })).toMatchObject({ when: true });
  });
});

describe('the traps of json-rules-engine', () => {
  it('overlapping runs on one engine: they wait for one another', async () => {
    let running = 0;
    let most = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is given its own `this` below
    const { run } = Engine.prototype;
    jest.spyOn(Engine.prototype, 'run').mockImplementation(async function (this: Engine, ...args) {
      running += 1;
      most = Math.max(most, running);
      try {
        return await run.apply(this, args);
      } finally {
        running -= 1;
      }
    });
    const engine = engineFor({ all: [{ fact: 'latency', operator: 'greaterThan', value: 1 }] });
    const values = Array.from({ length: 20 }, (_, index) => index / 10);
    const judged = await Promise.all(values.map(async (latency) => engine.judge({ latency })));
    expect(judged.map(({ when }) => when)).toEqual(values.map((value) => value > 1));
    expect(most).toBe(1);
  });

  it('a run that fails does not hold up those after it', async () => {
    const engine = engineFor(notHigh);
    jest.spyOn(Engine.prototype, 'run').mockRejectedValueOnce(new Error('broken'));
    const [first, second] = await Promise.allSettled([
      engine.judge({ latency: 2 }),
      engine.judge({ latency: 2 }),
    ]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });

  it.each([
    ['NaN', Number.NaN],
    ['null', null],
    ['undefined', undefined],
    ['a numeric string', '95'],
    ['infinity', Number.POSITIVE_INFINITY],
  ])(
    '%s makes `not`, `notEqual` and `notIn` true, or passes for a number: it never gets there',
    (_name, value) => {
      const conditions: ConditionGroup[] = [
        notHigh,
        { all: [{ fact: 'latency', operator: 'notEqual', value: 1 }] },
        { all: [{ fact: 'latency', operator: 'notIn', value: [1, 2] }] },
        { all: [{ fact: 'latency', operator: 'greaterThan', value: 90 }] },
      ];
      for (const when of conditions) {
        expect(() => engineFor(when).judge(forced(value))).toThrow('fact latency is no finite number');
      }
    },
  );

  it('a computed fact may hang for ever: it is refused at once', () => {
    const hanging = () => new Promise(() => undefined);
    expect(() => engineFor(notHigh).judge(forced(hanging))).toThrow('no finite number');
  });

  it('an engine that is given all facts is slow: it is given those it requires', async () => {
    const run = jest.spyOn(Engine.prototype, 'run');
    await engineFor(notHigh).judge({ latency: 1, traffic: 2, other: 3 });
    expect(run.mock.calls[0]?.[0]).toEqual({ latency: 1 });
  });

  it('handlers are awaited, so that a slow one blocks: there are none', () => {
    const on = jest.spyOn(Engine.prototype, 'on');
    const added = jest.spyOn(Engine.prototype, 'addRule');
    engineFor(notHigh, notHigh);
    expect(on).not.toHaveBeenCalled();
    for (const [rule] of added.mock.calls) {
      expect(rule).not.toHaveProperty('onSuccess');
      // 0 would become 1, and a lower one would be skipped after stop(): order is not the engine's business.
      expect(rule).not.toHaveProperty('priority');
    }
  });
});

describe('what follows from comparisons', () => {
  const condition = fc.letrec<{ any: Condition; group: ConditionGroup }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        fact: fc.constantFrom('latency', 'traffic'),
        operator: fc.constantFrom(
          'equal',
          'notEqual',
          'lessThan',
          'lessThanInclusive',
          'greaterThan',
          'greaterThanInclusive',
        ),
        value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({ fact: 'traffic' })),
      }),
      fc.record({
        fact: fc.constantFrom('latency', 'traffic'),
        operator: fc.constantFrom('in', 'notIn'),
        value: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
      }),
      tie('group'),
    ),
    group: fc.oneof(
      fc.record({ all: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('any') }),
    ),
  })).group;
  const number = fc.integer({ min: 0, max: 3 });

  it('is what json-rules-engine says each time, however often it is remembered', async () => {
    const values = fc.array(fc.record({ latency: number, traffic: number }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        condition,
        fc.option(condition, { nil: undefined }),
        values,
        async (when, clear, all) => {
          const engine = engineFor(when, clear);
          for (const one of all) {
            const judged = await engine.judge(one);
            const dissected = await engine.dissect(one);
            expect(judged.when).toBe(dissected.when.result);
            expect(judged.clear).toBe(clear === undefined ? !judged.when : dissected.clear?.result);
          }
        },
      ),
    );
  });

  it('is asked once for each way in which they come out', async () => {
    const run = jest.spyOn(Engine.prototype, 'run');
    const engine = engineFor(notHigh);
    for (const latency of [0.1, 2, 0.2, 3, 0.3]) await engine.judge({ latency });
    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe('evaluating a target', () => {
  const engine = engineFor(notHigh);
  const engineThatFails = engineFor(notHigh);
  const target = (latency: ReturnType<typeof ok>) => ({
    readAtMs: 0,
    signals: { status: 'error' as const, because: '' },
    targets: [{ rule: 'slow-api', target: warehouse, targetKey: targetKey(warehouse), facts: { latency } }],
  });

  it('with a required fact that is not ok is unknown, and says why', async () => {
    const judge = jest.spyOn(Engine.prototype, 'run');
    const [match] = await evaluate(
      [engine],
      target({ status: 'stale', because: 'nothing new was recorded' }),
    );
    expect(match).toMatchObject({
      outcome: 'unknown',
      because: 'latency is stale: nothing new was recorded',
    });
    expect(judge).not.toHaveBeenCalled();
  });

  it('does not ask for facts that no condition reads', async () => {
    const [match] = await evaluate([engine], target(ok(0.2)));
    expect(match).toMatchObject({ outcome: 'firing' });
  });

  it('is unknown when the engine itself fails', async () => {
    jest.spyOn(Engine.prototype, 'run').mockRejectedValueOnce(new Error('broken'));
    const [match] = await evaluate([engineThatFails], target(ok(0.2)));
    expect(match).toMatchObject({ outcome: 'unknown', because: 'the conditions cannot be judged: broken' });
  });
});
