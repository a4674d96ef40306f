import { expect, it } from '@jest/globals';
import { ok, T0, warehouse } from '../../test/build.ts';
import type { Fact } from '../model/fact.ts';
import { Knowledge } from './knowledge.ts';

const several: Fact = { status: 'error', because: '2 series where one was expected' };

function known(...looks: readonly Readonly<Record<string, Fact>>[]) {
  const knowledge = new Knowledge();
  for (const [index, facts] of looks.entries()) {
    const target = { rule: 'slow-api', target: warehouse, targetKey: '', facts };
    knowledge.look({ readAtMs: T0 + index, targets: [target] });
  }
  return knowledge;
}

it('a rule is known at the looks at which all of its facts are', () => {
  const facts = { latency: ok(3), queue: ok(1) };
  const knowledge = known({ ...facts, queue: several }, facts, facts, facts);
  expect(knowledge.of('slow-api')).toEqual({ share: 0.75 });
  expect(knowledge.firstMs).toBe(T0 + 1);
});

it('of a rule that was never known it is said what was missing', () => {
  const missing: Fact = { status: 'missing', because: 'there is no such series' };
  expect(known({ latency: ok(1), queue: several }, { latency: missing }).of('slow-api')).toEqual({
    share: 0,
    because: 'queue: 2 series where one was expected',
  });
  expect(known({}).of('another')).toMatchObject({ share: 0, because: expect.stringContaining('no series') });
});
