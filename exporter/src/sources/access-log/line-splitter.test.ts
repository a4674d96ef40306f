import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';

function linesOf(chunks: readonly Buffer[]): { lines: string[]; long: number; rest: string } {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  let long = 0;
  const skipLong = () => {
    long++;
  };
  for (const chunk of chunks) splitter.push(chunk, { take: (line) => void lines.push(line), skipLong });
  return { lines, long, rest: splitter.rest.toString() };
}

/** The bytes cut at some places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('LineSplitter', () => {
  it('gives the same lines wherever the text is cut', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '\n', '\r\n', '💶', ' '), { maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (parts, places) => {
        const bytes = Buffer.from(parts.join(''));
        expect(linesOf(cut(bytes, places))).toEqual(linesOf([bytes]));
      }),
    );
  });

  it('keeps what follows the last newline, and leaves out empty lines', () => {
    expect(linesOf([Buffer.from('one\n\r\n\ntwo\r\nthr')])).toEqual({
      lines: ['one', 'two'],
      long: 0,
      rest: 'thr',
    });
  });

  it('takes bytes that are no text', () => {
    expect(linesOf([Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0x62, 0x0a])]).lines).toEqual([
      'a\ufffd\ufffd',
      'b',
    ]);
  });

  it('leaves out a line that is too long, once, and holds none of it', () => {
    const part = Buffer.alloc(MAX_LINE_BYTES, 0x78);
    const chunks = [Buffer.from('one\n'), part, part, part, part, Buffer.from('end\ntwo\n')];
    expect(linesOf(chunks)).toEqual({ lines: ['one', 'two'], long: 1, rest: '' });
  });

  it.each([
    [MAX_LINE_BYTES, 1, 0],
    [MAX_LINE_BYTES + 1, 0, 1],
  ])('draws the line at the limit: %d bytes', (bytes, taken, long) => {
    const whole = Buffer.concat([Buffer.alloc(bytes, 0x78), Buffer.from('\n')]);
    const found = linesOf(cut(whole, [40_000, 63_000]));
    expect([found.lines.length, found.long]).toEqual([taken, long]);
  });
});
