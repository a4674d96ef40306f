import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LabelIndex } from './label-index.ts';
import { coversLabels } from './target.ts';

const labels = fc.dictionary(fc.constantFrom('job', 'instance', 'site'), fc.constantFrom('a', 'b', ''), {
  maxKeys: 3,
});

it('finds what a look at everything finds, in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ labels })), fc.array(labels), (items, parts) => {
      const index = new LabelIndex(items);
      for (const part of parts) {
        expect(index.covering(part)).toEqual(items.filter((item) => coversLabels(item.labels, part)));
      }
    }),
  );
});
