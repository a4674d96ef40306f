import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromStoredJson, toStoredJson, toStoredText } from './stored-text.ts';

/** Any code units, also such as make no character. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\0', '\ud83d', '\ude00', '\ufdd0', '\\', '"', 'u0000', 'd83d', '0000'),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  ),
});

describe('stored JSON', () => {
  it('is read back as what was put in, whatever it was', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (labels) => {
        const read: unknown = JSON.parse(fromStoredJson(toStoredJson(JSON.stringify(labels))));
        expect(read).toEqual({ ...labels });
      }),
    );
  });

  it('is JSON still, without NUL and without half a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = JSON.parse(toStoredJson(JSON.stringify(text))) as string;
        expect(stored.includes('\0')).toBe(false);
        expect(stored.isWellFormed()).toBe(true);
        expect(toStoredText(text)).toBe(stored);
      }),
    );
  });

  it.each(['plain', 'a \\u0000 that is only written', 'back\\\\slashes\\', '\u{1F600} and ü'])(
    'leaves what can be kept as it is: %s',
    (text) => {
      expect(toStoredJson(JSON.stringify(text))).toBe(JSON.stringify(text));
    },
  );
});
