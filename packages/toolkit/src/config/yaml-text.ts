import { Composer, type CST, Document, isScalar, Lexer, LineCounter, Parser } from 'yaml';
import { contentProblems } from './yaml-content.ts';
import { YAML_LIMITS, type YamlProblem } from './yaml-problem.ts';

/** A text as YAML, or why it is none; then the document is empty. */
export interface YamlText {
  document: Document.Parsed;
  lines: LineCounter;
  problems: readonly YamlProblem[];
}

// Values are what JSON knows: no tag, of the language or of one's own, makes anything else of them, and no key merges maps.
const OPTIONS = {
  schema: 'core',
  resolveKnownTags: false,
  merge: false,
  stringKeys: true,
  // Keys are compared once all are there: the library compares each with all before it.
  uniqueKeys: false,
  prettyErrors: false,
} as const;

/** Reads one document of YAML. What it costs grows with the length of the text and with nothing else. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const refused = refusalOf(text);
  if (refused !== undefined) {
    for (const { index } of text.slice(0, refused.from).matchAll(/\n/g)) lines.addNewLine(index + 1);
    return { document: emptyDocument(), lines, problems: [refused] };
  }
  const problems: YamlProblem[] = [];
  const tokens = tokensOf(text, lines, (problem) => void problems.push(problem));
  const document = withoutStackTraces(() => firstDocument(tokens, text.length, problems));
  if (problems.length > 0) return { document: emptyDocument(), lines, problems };
  return { document, lines, problems: contentProblems(document, text) };
}

/** The value of a text, as it would stand in a file. @throws Error that says what is wrong with it */
export function parseYaml(text: string): unknown {
  const { document, problems } = readYaml(text);
  const [first] = problems;
  if (first !== undefined) throw new Error(first.message);
  return valueOf(document);
}

/** A value without quotes: `5` is a number, `true` a boolean; what is not a single value is text. */
export function readScalar(text: string): unknown {
  if (BEGINS_ANOTHER.test(text)) return text;
  const { document, problems } = readYaml(text);
  if (problems.length > 0) return text;
  if (document.contents === null) return null;
  return isScalar(document.contents) ? document.contents.value : text;
}

/** Beginnings of lists, mappings, tags, anchors, aliases and blocks of text. */
const BEGINS_ANOTHER = /^\s*[[{!&*|>%@`]/;

/** What a document holds as plain values. */
export function valueOf(document: Document): unknown {
  // How much aliases repeat has been counted already.
  return document.toJS({ maxAliasCount: -1 });
}

function refusalOf(text: string): YamlProblem | undefined {
  const { characters } = YAML_LIMITS;
  if (text.length > characters) {
    return { from: characters, to: characters + 1, message: `longer than ${characters} characters` };
  }
  const at = text.search(FORBIDDEN);
  if (at === -1) return undefined;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    ...{ from: at, to: at + 1, message: `the character U+${code} cannot stand in YAML` },
    hint: 'is this a text file in UTF-8? In double quotes such a character is written as an escape',
  };
}

/** Control characters other than tab and line ends, and what is no character at all. */
const FORBIDDEN = /[[\p{Control}--[\t\n\r\u0085]]\ufffe\uffff\p{Surrogate}]/v;

type Refuse = (problem: YamlProblem) => void;

/** The parts of a text, until there are too many, or too many within each other: then it ends. */
function* tokensOf(text: string, lines: LineCounter, refuse: Refuse): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const from = parser.offset;
    yield* parser.next(lexeme);
    if (depthOf(parser) > YAML_LIMITS.depth) {
      const message = `more than ${YAML_LIMITS.depth} lists and mappings within each other`;
      refuse({ from, to: from + 1, message });
      return;
    }
    if (++count > YAML_LIMITS.tokens) {
      refuse({ from, to: from + 1, message: 'too many values for one file' });
      return;
    }
  }
  yield* parser.end();
}

/** How many lists and mappings the parser is in: around them there is a document, and within them perhaps a value. */
function depthOf({ stack }: Parser): number {
  const innermost = stack.at(-1);
  const isWithinValue = innermost !== undefined && !('items' in innermost);
  return stack.length - (isWithinValue ? 2 : 1);
}

function firstDocument(
  tokens: Iterable<CST.Token>,
  length: number,
  problems: YamlProblem[],
): Document.Parsed {
  const composer = new Composer(OPTIONS);
  const supported = withoutDirectives(tokens, (problem) => void problems.push(problem));
  let first: Document.Parsed | undefined;
  for (const document of composer.compose(supported, true, length)) {
    if (first === undefined) {
      first = document;
      continue;
    }
    const [from, to] = document.range;
    problems.push({ from, to, message: 'a second document begins here', hint: 'a file holds one' });
    break;
  }
  return first ?? emptyDocument();
}

/** The parser makes an error of every mistake: with a stack trace for each, a text of commas takes four times as long. */
function withoutStackTraces<Result>(work: () => Result): Result {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** `%YAML` could ask for another language, and `%TAG` is about tags. */
function* withoutDirectives(tokens: Iterable<CST.Token>, refuse: Refuse): Generator<CST.Token> {
  for (const token of tokens) {
    if (token.type === 'directive' && !/^%YAML +1\.2 *$/.test(token.source)) {
      const { offset: from, source } = token;
      refuse({ from, to: from + source.length, message: 'a directive is not supported here' });
      return;
    }
    yield token;
  }
}

function emptyDocument(): Document.Parsed {
  return new Document(null) as unknown as Document.Parsed;
}
