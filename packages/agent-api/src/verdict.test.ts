import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readVerdict, VERDICTS } from './verdict.ts';

const { components } = JSON.parse(readFileSync(join(import.meta.dirname, 'generated.json'), 'utf8')) as {
  components: { schemas: { Verdict: { pattern: string } } };
};

describe('a verdict', () => {
  it('is a word, and after inconclusive a reason', () => {
    expect(readVerdict('improved')).toEqual({ word: 'improved', reason: undefined });
    expect(readVerdict('inconclusive:not_measured')).toEqual({
      word: 'inconclusive',
      reason: 'not_measured',
    });
    expect(readVerdict('splendid')).toBeUndefined();
  });

  it('has the words that openapi.yaml says', () => {
    const [, words] = /^\^\((.*)\)\$$/.exec(components.schemas.Verdict.pattern)!;
    expect(words!.replace(':.+', '').split('|')).toEqual(VERDICTS);
  });
});
