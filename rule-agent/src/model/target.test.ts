import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { coversLabels, pickLabels, targetKey } from './target.ts';

const labels = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string());

describe('targetKey', () => {
  it('is the same for the same labels in any order', () => {
    fc.assert(
      fc.property(labels, (given) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse());
        expect(targetKey(reversed)).toBe(targetKey(given));
      }),
    );
  });

  it('differs for different labels, whatever they contain', () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        expect(targetKey(a) === targetKey(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
    expect(targetKey({ a: 'x",b="y' })).not.toBe(targetKey({ a: 'x', b: 'y' }));
  });
});

describe('pickLabels', () => {
  it('gives nothing when a label is absent or empty: Prometheus makes no difference between them', () => {
    expect(pickLabels({ job: 'warehouse', site: '' }, ['job', 'site'])).toBeUndefined();
    expect(pickLabels({ job: 'warehouse' }, ['job', 'site'])).toBeUndefined();
    expect(pickLabels({ job: 'warehouse', site: 'leeds' }, ['job'])).toEqual({ job: 'warehouse' });
  });
});

describe('coversLabels', () => {
  it('wants every label with the same value', () => {
    expect(coversLabels({ a: '1', b: '2' }, { a: '1' })).toBe(true);
    expect(coversLabels({ a: '1', b: '2' }, { a: '2' })).toBe(false);
    expect(coversLabels({ a: '1' }, {})).toBe(true);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth, keeps lists in order and leaves undefined members out', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}');
  });
});
