import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../src/model/action-request.ts';
import { ActionBench, type Example, exampleOf, occasionOf } from './action-bench.ts';
import type { FakeTarget, TargetFault } from './fake-target.ts';

/** What a test has opened, to be closed after it. */
export class OpenThings {
  readonly #open: (() => unknown)[] = [];

  async start<Target extends { start: () => Promise<unknown>; stop: () => unknown }>(
    target: Target,
  ): Promise<Target> {
    this.#open.push(() => target.stop());
    await target.start();
    return target;
  }

  add(bench: ActionBench): ActionBench {
    this.#open.push(() => bench.close());
    return bench;
  }

  onClose(close: () => unknown): void {
    this.#open.push(close);
  }

  async closeAll(): Promise<void> {
    for (const close of this.#open.splice(0)) await close();
  }
}

/** The example of a kind, pointed at a target of the test, with a short timeout. */
export function exampleAt(kind: string, url: string, replace: readonly [string, string][] = []): Example {
  const { systems, action } = exampleOf(kind);
  const moved = replace.reduce((text, [from, to]) => text.replace(from, to), systems);
  const there = moved.replace(/https?:\/\/[\d.]+(:\d+)?/, url);
  const name = /^ {2}([\w-]+):$/m.exec(there)![1]!;
  return { action, systems: there.replace(`  ${name}:\n`, `  ${name}:\n    timeout: 400ms\n`) };
}

export interface HttpKind {
  kind: string;
  /** A system as the example has it, with its target. */
  stage: () => Promise<{ bench: ActionBench; target: FakeTarget; standing: () => unknown }>;
  /** What the example plans, and how the target stands before and after. */
  plan: Pick<Plan, 'from' | 'to'>;
  before: unknown;
  after: unknown;
  /** What a plan made after the change says. */
  again: 'nothing_to_do' | 'change';
}

/** What a kind that changes something over HTTP, and can look for it, does whatever its target does. */
export function describeHttpKind({ kind, stage, plan: planned, before, after, again }: HttpKind): void {
  describe(`the example of ${kind}`, () => {
    it('plans, applies, is verified, and is reverted', async () => {
      const { bench, target, standing } = await stage();
      const plan = await bench.planned('e-1');
      expect(plan).toMatchObject({ kind, ...planned });
      expect(target.changes).toEqual([]);
      expect(await bench.action.verify(plan)).toBe('not_applied');
      expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
      expect(standing()).toBe(after);
      expect(await bench.action.verify(plan)).toBe('applied');
      expect(await bench.action.plan(bench.request, occasionOf('e-1'))).toMatchObject({ kind: again });
      expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
      expect(standing()).toBe(before);
      expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
    });

    it.each([
      ['slow', /no answer within 400 ms/],
      ['status_500', /HTTP 500/],
      ['wrong_body', /did not answer with|shows no single value/],
    ] as const)('makes no plan while the target is %s, and changes nothing', async (fault, because) => {
      const { bench, target, standing } = await stage();
      target.fault = fault;
      const result = await bench.action.plan(bench.request, occasionOf('e-1'));
      expect(result).toMatchObject({ kind: 'impossible', because: expect.stringMatching(because) });
      expect([standing(), target.changes]).toEqual([before, []]);
    });

    it.each(['slow', 'status_500', 'wrong_body'] as const)(
      'is not taken for done, nor for not done, when the target is %s between plan and change',
      async (fault: TargetFault) => {
        const { bench, target, standing } = await stage();
        const plan = await bench.planned('e-1');
        target.fault = fault;
        const result = await bench.action.apply(plan, 'key-1');
        if (result.kind !== 'refused') expect(await bench.action.verify(plan)).toBe('unreachable');
        expect(await bench.action.revert(plan, 'key-1-revert')).toMatchObject({ kind: 'unclear' });
        target.fault = 'none';
        expect([await bench.action.verify(plan), standing()]).toEqual(['not_applied', before]);
      },
    );

    it('that is gone after the change is asked when it is back, and then reverted', async () => {
      const { bench, target, standing } = await stage();
      const plan = await bench.planned('e-1');
      target.fault = 'gone_after_apply';
      expect(await bench.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
      expect(await bench.action.verify(plan)).toBe('unreachable');
      target.fault = 'none';
      await target.start();
      expect([await bench.action.verify(plan), standing()]).toEqual(['applied', after]);
      expect(await bench.action.revert(plan, 'key-1-revert')).toEqual({ kind: 'applied' });
      expect(standing()).toBe(before);
    });
  });
}
