import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, type Node } from 'yaml';
import { type Diagnostic, firstDiagnostics } from '../diagnostics/diagnostic.ts';
import { shorten } from '../diagnostics/shorten.ts';
import type { YamlProblem } from './yaml-problem.ts';
import { readYaml, valueOf } from './yaml-text.ts';

export type ConfigPath = readonly PropertyKey[];

/** What is wrong, without where: the document adds the position. */
export interface Finding {
  code: string;
  message: string;
  hint?: string;
}

interface Position {
  line: number;
  column: number;
  length: number;
}

/** A place in a text file, for a finding that comes later. */
export type TextPlace = Required<Pick<Diagnostic, 'file' | 'line' | 'column' | 'length'>>;

/** A variable of the environment with what may be shown of its value. */
export interface ShownVariable {
  variable: string;
  text: string;
}

/** A YAML file that remembers where everything stands, and which values came from the environment instead. */
export class ConfigDocument {
  readonly file: string;
  readonly text: string;
  readonly yaml: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #problems: readonly YamlProblem[];
  readonly #variables: { path: ConfigPath; node: Node; shown: ShownVariable }[] = [];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const { document, lines, problems } = readYaml(text);
    this.yaml = document;
    this.#lines = lines;
    this.#problems = problems;
  }

  /** Why the text is not YAML, or not YAML that is supported; then `yaml` holds nothing that may be used. */
  syntaxDiagnostics(): Diagnostic[] {
    return firstDiagnostics(this.#problems.map((problem) => this.#syntaxDiagnostic(problem)));
  }

  #syntaxDiagnostic({ from, to, message, hint }: YamlProblem): Diagnostic {
    const { line, col } = this.#lines.linePos(from);
    return this.#diagnostic(
      { line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, to - from) },
      { code: 'CONFIG_SYNTAX', message, ...(hint !== undefined && { hint }) },
    );
  }

  /** What stands in the file as plain values, those of the environment in their places. */
  value(): unknown {
    return valueOf(this.yaml);
  }

  /** Puts the value of a variable of the environment at `path`. @throws Error when there is something in the way */
  setFromVariable(path: ConfigPath, value: unknown, shown: ShownVariable): void {
    const node = this.yaml.createNode(value);
    this.yaml.setIn(path, node);
    this.#variables.push({ path, node, shown });
  }

  /** The texts that findings point into, by the name they show: the file, and the variables. */
  sources(): Map<string, string> {
    const variables = this.#variables.map(({ shown }) => [shown.variable, shown.text] as const);
    return new Map([[this.file, this.text], ...variables]);
  }

  /** A finding about a variable of the environment. */
  atVariable({ variable, text }: ShownVariable, finding: Finding): Diagnostic {
    const length = Math.max(1, text.length);
    return { file: variable, line: 1, column: 1, length, severity: 'error', ...shortened(finding) };
  }

  /** The value at `path` as it was written, with its column; variables stand in it by their names. */
  writtenAt(path: ConfigPath): { text: string; column: number } {
    const node = this.#nodeAt(path);
    if (node?.range === null || node?.range === undefined) return { text: '', column: 1 };
    const [start, end] = node.range;
    return { text: this.text.slice(start, end), column: this.#positionOf(node).column };
  }

  /** Where the value at `path` stands in the file; where that is missing, the nearest thing above it. */
  placeOf(path: ConfigPath): TextPlace {
    return { file: this.file, ...this.#positionOf(this.#nodeAt(path)) };
  }

  /** A finding about the value at `path`; where that is missing, about the nearest thing above it. */
  atValue(path: ConfigPath, finding: Finding): Diagnostic {
    const shown = this.#variableAt(path);
    if (shown !== undefined) return this.atVariable(shown, finding);
    return this.#diagnostic(this.#positionOf(this.#nodeAt(path)), finding);
  }

  /** A finding about the key `key` of the mapping at `path`. */
  atKey(path: ConfigPath, key: string, finding: Finding): Diagnostic {
    const shown = this.#variableAt([...path, key]);
    if (shown !== undefined) return this.atVariable(shown, finding);
    const map = this.yaml.getIn(path, true);
    const pair = isMap(map)
      ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const node = isPair(pair) && isNode(pair.key) ? pair.key : this.#nodeAt(path);
    return this.#diagnostic(this.#positionOf(node), finding);
  }

  /** A finding about a node of `yaml`. */
  atNode(node: Node, finding: Finding): Diagnostic {
    const variable = this.#variables.find((one) => one.node === node);
    if (variable !== undefined) return this.atVariable(variable.shown, finding);
    return this.#diagnostic(this.#positionOf(node), finding);
  }

  /** The variable that gave the value at `path`, or that made the nearest thing above it. */
  #variableAt(path: ConfigPath): ShownVariable | undefined {
    const above = this.#variables.find((one) => isPrefix(one.path, path));
    if (above !== undefined) return above.shown;
    const madeHere = this.#nodeAt(path)?.range === undefined;
    if (!madeHere) return undefined;
    for (let depth = path.length; depth > 0; depth--) {
      const below = this.#variables.find((one) => isPrefix(path.slice(0, depth), one.path));
      if (below !== undefined) return below.shown;
    }
    return undefined;
  }

  #nodeAt(path: ConfigPath): Node | undefined {
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = depth === 0 ? this.yaml.contents : this.yaml.getIn(path.slice(0, depth), true);
      if (isNode(node)) return node;
    }
    return undefined;
  }

  #positionOf(node: Node | undefined): Position {
    if (node?.range === null || node?.range === undefined) return { line: 1, column: 1, length: 1 };
    const { line, col } = this.#lines.linePos(node.range[0]);
    const length = isScalar(node) ? node.range[1] - node.range[0] : 1;
    return { line, column: col, length: Math.max(1, length) };
  }

  #diagnostic(position: Position, finding: Finding): Diagnostic {
    return { file: this.file, ...position, severity: 'error', ...shortened(finding) };
  }
}

function shortened({ code, message, hint }: Finding): Finding {
  return { code, message: shorten(message), ...(hint !== undefined && { hint: shorten(hint) }) };
}

function isPrefix(short: ConfigPath, long: ConfigPath): boolean {
  return short.every((step, index) => step === long[index]);
}
