import { describe, expect, it } from '@jest/globals';
import { parseYaml, readScalar, readYaml, valueOf } from './yaml-text.ts';
import { YAML_LIMITS } from './yaml-problem.ts';

const problemsOf = (text: string) => readYaml(text).problems.map(({ message }) => message);

describe('YAML', () => {
  it('gives what JSON knows: text, numbers, true, false, null, lists and mappings', () => {
    const text = 'a: [1, 0x10, 1e3, true, ~, yes, 2026-01-05, "5"]\n5: &x { b: c }\nd: *x\n';
    expect(valueOf(readYaml(text).document)).toEqual({
      a: [1, 16, 1000, true, null, 'yes', '2026-01-05', '5'],
      5: { b: 'c' },
      d: { b: 'c' },
    });
  });

  it.each([
    ['a tag that makes bytes', 'a: !!binary "AAAA"', 'the tag !!binary is not supported'],
    ['a tag that makes a set', 'a: !!set { b }', 'the tag !!set is not supported'],
    ['a tag of its own', 'a: !money 5', 'the tag !money is not supported'],
    ['a directive for tags', '%TAG ! tag:x,2026:\n---\na: 1', 'a directive is not supported here'],
    ['an older YAML', '%YAML 1.1\n---\na: yes', 'a directive is not supported here'],
    ['a second document', 'a: 1\n---\nb: 1', 'a second document begins here'],
    ['a key that is a list', '? [a]\n: 1', 'a key has to be text'],
    ['an alias that leads nowhere', 'a: *b', 'no anchor &b before this'],
    ['an alias of a later anchor', 'a: *b\nc: &b 1', 'no anchor &b before this'],
    ['an alias within what it names', 'a: &b [*b]', 'an alias cannot stand within what it names'],
    ['a zero byte', 'a: "\u0000"', 'the character U+0000 cannot stand in YAML'],
    ['an escaped zero byte', 'a: "\\0"', 'a text cannot hold \\0 or half of a character'],
    ['half of a character', 'a: \ud800', 'the character U+D800 cannot stand in YAML'],
    ['an escaped half of one', 'a: "\\ud800"', 'a text cannot hold \\0 or half of a character'],
  ])('refuses %s', (_what, text, message) => {
    expect(problemsOf(text)).toEqual([message]);
  });

  it('reads tags of JSON values, and 1.2 by name', () => {
    expect(parseYaml('%YAML 1.2\n---\n[!!str 5, !!int "5", !!map {}, ! 5]')).toEqual(['5', 5, {}, '5']);
  });

  it('keeps a merge key as the key that it is', () => {
    expect(parseYaml('a: &a { x: 1 }\nb: { <<: *a }')).toEqual({ a: { x: 1 }, b: { '<<': { x: 1 } } });
  });

  it('names every key that is given twice, in any order and however written', () => {
    expect(problemsOf('a: 1\nb: 2\n"a": 3\nb: 4\n1: 5\n"1": 6')).toEqual([
      'the key a is given twice',
      'the key b is given twice',
      'the key 1 is given twice',
    ]);
  });

  it('reads what is within so many lists, and refuses one more, in whatever form', () => {
    const { depth } = YAML_LIMITS;
    const message = `more than ${depth} lists and mappings within each other`;
    expect(problemsOf('['.repeat(depth) + ']'.repeat(depth))).toEqual([]);
    expect(problemsOf('['.repeat(depth + 1) + ']'.repeat(depth + 1))).toEqual([message]);
    expect(problemsOf(`${'- '.repeat(depth)}a`)).toEqual([]);
    expect(problemsOf(`${'- '.repeat(depth + 1)}a`)).toEqual([message]);
    for (const unit of ['[', '{a: ', '- ', '? ', ': ']) {
      expect(problemsOf(unit.repeat(20_000))).toEqual([message]);
    }
  });

  it('refuses depth that only aliases make', () => {
    const half = YAML_LIMITS.depth / 2;
    const text = `a: &a ${'['.repeat(half)}${']'.repeat(half)}\nb: ${'['.repeat(half)}*a${']'.repeat(half)}`;
    expect(problemsOf(text)).toEqual([`more than ${YAML_LIMITS.depth} lists and mappings within each other`]);
  });

  it('lets aliases repeat a little, and says once when they repeat too much', () => {
    const laughs = (levels: number) =>
      ['a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]']
        .concat(
          Array.from({ length: levels }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`),
        )
        .join('\n');
    expect(problemsOf(laughs(2))).toEqual([]);
    expect(problemsOf(laughs(9))).toEqual([`aliases repeat more than ${YAML_LIMITS.repeated} values`]);
    expect(problemsOf(`a: &a 1\nb: [${'*a, '.repeat(1_001)}]`)).toEqual(['more than 1000 aliases']);
  });

  it('says in which line a character cannot stand', () => {
    const { lines, problems } = readYaml('a: 1\nb: 2\nc: \u0007\n');
    expect(lines.linePos(problems[0]!.from)).toEqual({ line: 3, col: 4 });
  });

  it('stops at a text that is too long, before it reads any of it', () => {
    expect(problemsOf(`${'#'.repeat(YAML_LIMITS.characters)}\n[`)).toEqual([
      `longer than ${YAML_LIMITS.characters} characters`,
    ]);
  });

  it('gives no more mistakes than anybody reads', () => {
    for (const unit of ['- !!binary "AAAA"\n', '&a ', ',', '? [a]\n', '- *a\n', 'a: 1\n']) {
      expect(problemsOf(`x: [${unit.repeat(5_000)}`).length).toBeLessThanOrEqual(51);
      expect(problemsOf(unit.repeat(5_000)).length).toBeLessThanOrEqual(51);
    }
  });
});

describe('a value without quotes', () => {
  it.each([
    ['5', 5],
    ['0x10', 16],
    ['true', true],
    ['', null],
    ['a: b', 'a: b'],
    ['[1, 2]', '[1, 2]'],
    ['!!binary AAAA', '!!binary AAAA'],
    ['*a', '*a'],
    ['"5"', '5'],
    ['5 # five', 5],
    ["it's", "it's"],
  ])('%j is %j', (text, value) => {
    expect(readScalar(text)).toEqual(value);
  });
});
