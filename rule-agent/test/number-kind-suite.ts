import { afterEach, describe, expect, it } from '@jest/globals';
import type { ActionRequest } from '../src/model/action-request.ts';
import { ActionBench } from './action-bench.ts';
import { FakeWarehouse } from './fake-warehouse.ts';
import { exampleAt, OpenThings } from './http-kind-suite.ts';

export interface NumberKind {
  kind: string;
  /** What the example asks for, and from where to where it moves a number. */
  request: ActionRequest;
  from: number;
  to: number;
}

const open = new OpenThings();

/** A kind at a system that holds a number with bounds. */
export async function numberStage(kind: string, value: number) {
  const warehouse = await open.start(new FakeWarehouse());
  warehouse.value = value;
  const example = exampleAt(kind, new URL(warehouse.knobsUrl).origin);
  const bench = open.add(new ActionBench(example, { 'secrets/warehouse-token': warehouse.token }));
  return { bench, warehouse };
}

/** What a kind that moves a number with bounds does. */
export function describeNumberKind({ kind, request, from, to }: NumberKind): void {
  afterEach(() => open.closeAll());

  describe(`the example of ${kind}`, () => {
    it('asks for what journals hold', async () => {
      expect((await numberStage(kind, from)).bench.request).toEqual(request);
    });

    it('moves a number and puts it back', async () => {
      const { bench, warehouse } = await numberStage(kind, from);
      const plan = await bench.planned('e-1');
      expect(plan).toMatchObject({ kind, from, to: expect.closeTo(to) });
      expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
      expect(warehouse.value).toBeCloseTo(to);
      expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
      expect(warehouse.value).toBe(from);
    });
  });
}
