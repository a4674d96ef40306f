/**
 * Texts that cost a reader of YAML far more than they are long. Each is made to be as long as a body may be, so that a
 * larger limit is a harder test.
 */
export const ATTACKS: Readonly<Record<string, (length: number) => string>> = {
  // YAML itself.
  'a tag for binary data in every entry': filled('rules:\n', '- !!binary "AAAA"\n'),
  'a set in every entry': filled('rules:\n', '- !!set { a, b }\n'),
  'an ordered map in every entry': filled('rules:\n', '- !!omap [ a: 1 ]\n'),
  'a tag of its own in every entry': filled('rules:\n', '- !<x> a\n'),
  'a tag that a directive makes long': (length) =>
    fill(`%TAG !a! ${'x'.repeat(length / 2)}\n---\nrules:\n`, '- !a!b c\n', length),
  'several tags before one value': filled('rules: ', '!!str '),
  'several anchors before one value': filled('rules: ', '&a '),
  'lists in lists': (length) => '['.repeat(length),
  'closed lists in lists': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
  'maps in maps': (length) => fill('', '{a: ', length),
  'dashes in dashes': (length) => fill('', '- ', length),
  'questions in questions': (length) => fill('', '? ', length),
  'colons after colons': (length) => fill('', ': ', length),
  'deeper with every line': indented,
  'a billion laughs': laughs,
  'one list of aliases': (length) => fill('a: &a [b, c]\nrules: [', '*a,', length - 1) + ']',
  'an alias within what it names': () => 'rules: &a [*a, *a]',
  'aliases that lead nowhere': filled('rules:\n', '- *nowhere\n'),
  'anchors without end': (length) => numbered('rules:\n', (index) => `- &a${index} x\n`, length),
  'merge keys': filled('x: &x { a: 1 }\nrules:\n', '- { <<: *x }\n'),
  'merge keys in merge keys': (length) => fill('rules: ', '{ <<: ', length),
  'the same key again and again': filled('', 'rules: []\n'),
  'keys without end': (length) => numbered('rules: []\n', (index) => `k${index}: 1\n`, length),
  'keys without end on one line': (length) => numbered('{', (index) => `k${index}: 1,`, length - 1) + '}',
  'keys without end in a rule': (length) =>
    numbered('rules:\n- name: a\n', (index) => `  k${index}: 1\n`, length),
  'one key that fills the body': (length) => `${'k'.repeat(length - 3)}: 1`,
  'one quoted key that fills the body': (length) => `"${'k'.repeat(length - 5)}": 1`,
  'keys that are lists': filled('', '? [a]\n: b\n'),
  'documents without end': filled('', '---\n'),
  'documents with something in them': filled('', '--- a\n'),
  'directives without end': filled('', '%YAML 1.1\n'),
  'one comment': (length) => `rules: [] #${'x'.repeat(length - 12)}`,
  'comments without end': filled('rules: []\n', '#\n'),
  'blank lines': filled('rules: []\n', '\n'),
  spaces: (length) => `rules: ${' '.repeat(length - 10)}[]`,
  tabs: (length) => `rules: ${'\t'.repeat(length - 10)}[]`,
  'line ends of Windows': filled('rules:\r\n', '- a\r\n'),
  'carriage returns': filled('rules:\n', '- a\r'),
  'byte order marks': filled('', '\uFEFF'),
  'zero bytes': filled('rules: ', '\u0000'),
  'control characters': filled('rules: ', '\u001b[2J'),
  'half characters': filled('rules: "', '\\ud800'),
  'quotes that are not closed': filled('rules:\n', '- "a\n'),
  'a quote that holds quotes': filled('rules: "', '\\"'),
  'a folded text of blank lines': filled('rules: "a', ' \n'),
  'a folded text of spaces': (length) => `rules: "a${' '.repeat(length - 12)}b"`,
  'a block of text': filled('rules: |\n', '  a\n'),
  'a block of spaces': filled('rules: >+\n', '   \n'),
  commas: filled('rules: [', ','),
  numbers: filled('rules: [', '1,'),
  'a number with a digit for every byte': (length) => `rules: ${'9'.repeat(length - 7)}`,
  'a fraction with a digit for every byte': (length) => `rules: 0.${'9'.repeat(length - 9)}`,
  'an exponent with a digit for every byte': (length) => `rules: 1e${'9'.repeat(length - 9)}`,

  'a list of itself under every key': (length) =>
    numbered('a: &a [1]\nrules:\n', (index) => `- &b${index} { a: *a, b: [*a, *a] }\n`, length),
  'tags on every value': filled('rules: [', '!!str a,'),

  // Variables and templates.
  'variables in variables': filled('rules: ', '${A:-'),
  'variables that are not set': (length) => numbered('rules:\n', (index) => `- \${A${index}}\n`, length),
  'defaults that are YAML themselves': filled('rules:\n', '- ${A:-[[[[[[[[[[[[[[[[}\n'),
  'defaults with a tag': filled('rules:\n', '- ${A:-!!binary AAAA}\n'),
  dollars: filled('rules: ', '$'),

  // Rules.
  'rules without end': (length) =>
    numbered('rules:\n', (index) => rule({ name: `r${index}` }).slice('rules:\n'.length), length),
  'the same rule again and again': (length) =>
    numbered('rules:\n', () => rule({}).slice('rules:\n'.length), length),
  'rules of the wrong kind': filled('rules:\n', '- 1\n'),
  'rules with nothing in them': filled('rules:\n', '- {}\n'),
  'facts without end': (length) =>
    rule({ facts: numbered('', (index) => `f${index}: {signal: a}, `, length - 600) }),
  'comparisons with facts that nobody knows': (length) => unknownFacts(length),
  'conditions in conditions': (length) =>
    rule({ when: `${'{not: '.repeat((length - 600) / 7)}{fact: x}` + '}'.repeat((length - 600) / 7) }),
  'comparisons without end': (length) =>
    rule({ when: `{any: [${fill('', '{fact: x, operator: equal, value: 1},', length - 600)}]}` }),
  'values without end': (length) =>
    rule({ when: `{fact: x, operator: in, value: [${fill('', '1,', length - 600)}]}` }),
  'a name that fills the body': (length) => rule({ name: 'a'.repeat(length - 600) }),
  'a name that fits but for its end': (length) => rule({ name: `${'a-'.repeat((length - 600) / 2)}!` }),
  'labels without end': (length) => rule({ labels: numbered('', (index) => `l${index}: v, `, length - 600) }),
  'labels of the target without end': (length) =>
    rule({ by: numbered('', (index) => `l${index}, `, length - 600) }),
  'a text of placeholders that are not closed': (length) =>
    rule({ action: notify('${'.repeat((length - 600) / 2)) }),
  'a text of placeholders': (length) => rule({ action: notify('${target.a}'.repeat((length - 600) / 11)) }),
  'a text of placeholders that nobody knows': (length) =>
    rule({ action: notify('${x}'.repeat((length - 600) / 4)) }),
  'matchers without end': (length) =>
    rule({
      action: `{alertmanager-silence: {system: alerts, for: 1h, matchers: {${numbered('', (index) => `m${index}: "\${target.a}", `, length - 600)}}}}`,
    }),
  'a query of quotes': (length) =>
    rule({ promql: String.raw`\"${String.raw`\\\"`.repeat((length - 600) / 4)}\${target.job}` }),
  'a query of strings': (length) =>
    rule({ promql: String.raw`=~\"a`.repeat((length - 600) / 5) + '${target.job}' }),
  'a query of placeholders': (length) => rule({ promql: '${target.a}'.repeat((length - 600) / 11) }),
  'a query of parentheses': (length) => rule({ promql: '('.repeat(length - 600) }),
  'a query of spaces after a comparison': (length) => rule({ promql: `=~${' '.repeat(length - 600)}` }),
  'a duration of many parts': (length) => rule({ for: '1m'.repeat((length - 600) / 2) }),
  'a duration of many parts that ends wrong': (length) =>
    rule({ for: `${'1m'.repeat((length - 600) / 2)}x` }),
  'a duration of digits': (length) => rule({ for: '9'.repeat(length - 600) }),
  'a time window of commas': (length) =>
    rule({ schedule: window(`${'0,'.repeat((length - 600) / 2)}0 8 * * *`) }),
  'a time window of ranges': (length) =>
    rule({ schedule: window(`${'0-59,'.repeat((length - 600) / 5)}0 8 * * *`) }),
  'a time window of spaces': (length) => rule({ schedule: window(`0${' '.repeat(length - 600)}8 * * *`) }),
  'time windows that never come': (length) =>
    rule({ schedule: `{allowed: [${fill('', '{start: 0 0 30 2 *, lasts: 1h},', length - 600)}]}` }),
  'time windows that seldom come': (length) =>
    rule({ schedule: `{allowed: [${fill('', '{start: 0 0 29 2 1#5, lasts: 1h},', length - 600)}]}` }),
  'a time zone that fills the body': (length) =>
    rule({ schedule: `{time_zone: "${'A/'.repeat((length - 600) / 2)}"}` }),
  'time zones without end': (length) => fill('rules:\n', '- {schedule: {time_zone: X/Y}}\n', length),
};

function filled(start: string, unit: string): (length: number) => string {
  return (length) => fill(start, unit, length);
}

function fill(start: string, unit: string, length: number): string {
  return start + unit.repeat(Math.max(0, Math.floor((length - start.length) / unit.length)));
}

function numbered(start: string, unitOf: (index: number) => string, length: number): string {
  const units = [start];
  for (let [index, room] = [0, length - start.length]; ; index++) {
    const unit = unitOf(index);
    room -= unit.length;
    if (room < 0) return units.join('');
    units.push(unit);
  }
}

/** Every line stands one space further in than the one before. */
function indented(length: number): string {
  let text = '';
  for (let depth = 0; text.length + depth + 3 < length; depth++) text += `${' '.repeat(depth)}a:\n`;
  return text;
}

function laughs(): string {
  const lines = ['a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]'];
  for (let level = 1; level < 10; level++) {
    lines.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(10)}]`);
  }
  return `${lines.join('\n')}\nrules: *a9\n`;
}

function unknownFacts(length: number): string {
  const half = (length - 600) / 2;
  const facts = numbered('', (index) => `fact_number_${index}: {signal: a}, `, half);
  const any = numbered('', (index) => `{fact: fakt_nomber_${index}, operator: equal, value: 1}, `, half);
  return rule({ facts, when: `{any: [${any}]}` });
}

function notify(text: string): string {
  return `{notify: {system: chat, text: "${text}"}}`;
}

function window(start: string): string {
  return `{allowed: [{start: "${start}", lasts: 1h}]}`;
}

interface Parts {
  name?: string;
  labels?: string;
  by?: string;
  facts?: string;
  promql?: string;
  when?: string;
  for?: string;
  schedule?: string;
  action?: string;
}

/** A rule that is right but for what is given. */
function rule(parts: Parts): string {
  const {
    name = 'slow-api',
    labels = '',
    by = 'job',
    facts = '',
    promql = 'up',
    when,
    schedule,
    action,
  } = parts;
  return `rules:
  - name: ${name}
    description: Requests are slow.
    priority: 1
    labels: {${labels}}
    target: { by: [${by}] }
    facts: {x: {promql: "${promql}"}, ${facts}}
    when: ${when ?? '{fact: x, operator: greaterThan, value: 1}'}
    for: ${parts.for ?? '1m'}
    schedule: ${schedule ?? '{}'}
    action: ${action ?? '{knob: {system: warehouse, name: pool, set: 1}}'}
    expect: { signal: x, direction: lower }
`;
}

/** JSON that costs more than it is long: nested, with keys that nobody knows, with one long text. */
export const JSON_ATTACKS: Readonly<Record<string, (length: number) => string>> = {
  'lists in lists': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
  'maps in maps': (length) => `${'{"reason":'.repeat(length / 11)}1${'}'.repeat(length / 11)}`,
  'keys without end': (length) =>
    `{${Array.from({ length: length / 11 }, (_, index) => `"k${index}":1`).join(',')}}`,
  'one long text': (length) => JSON.stringify({ reason: 'x'.repeat(length - 20) }),
  'a long duration': (length) => JSON.stringify({ reason: 'x', duration: '1m'.repeat(length / 2 - 20) }),
  'digits without end': (length) => `{"reason":${'9'.repeat(length - 20)}}`,
};

/** The text in so many bytes: so many characters may have more. */
export function cutTo(bytes: number, text: string): string {
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd+$/, '');
}
