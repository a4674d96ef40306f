import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type ConfigDocument,
  type Diagnostic,
  type Environment,
  firstDiagnostics,
  parseConfig,
  renderDiagnostics,
  toJsonSchema,
} from '@evenkeel/toolkit';
import type { Rule } from '../model/rule.ts';
import type { Offers } from './offers.ts';
import { ruleFileSchema } from './rule-schema.ts';
import { type NamedSignal, signalsOf } from './named-signals.ts';
import { toRule } from './to-rule.ts';

/** What rules may refer to. */
export interface RuleContext {
  /** The systems that an action may name. */
  systems: Offers;
  env?: Environment;
}

export interface RuleSources extends RuleContext {
  /** Globs, relative to `directory`. */
  globs: readonly string[];
  directory: string;
}

export type LoadedRules =
  | {
      ok: true;
      rules: Rule[];
      /** The signals that they name, in the order of the files. */
      signals: NamedSignal[];
      /** The text of each file, by its name. */
      texts: ReadonlyMap<string, string>;
      /** Globs that match no file. */
      unmatched: string[];
    }
  | { ok: false; diagnostics: Diagnostic[]; /** Rendered for a terminal. */ text: string };

/** Reads all rule files; the rules come in the order of their names, whatever the order of the files. */
export function loadRules(sources: RuleSources): LoadedRules {
  const found = sources.globs.map((glob) => ({ glob, files: globSync(glob, { cwd: sources.directory }) }));
  const files = [...new Set(found.flatMap((match) => match.files))]
    .map((file) => resolve(sources.directory, file))
    .sort();
  const unmatched = found.filter((match) => match.files.length === 0).map(({ glob }) => glob);
  const loads = files.map((file) => loadRuleFile(file, readFileSync(file, 'utf8'), sources));
  return settle(loads, unmatched);
}

/** Reads the text of one rule file, for whoever has no file; `file` is the name that diagnostics show. */
export function readRules(file: string, text: string, context: RuleContext): LoadedRules {
  return settle([loadRuleFile(file, text, context)], []);
}

function settle(loads: readonly LoadedFile[], unmatched: string[]): LoadedRules {
  const placed = loads.flatMap(({ rules }) => rules);
  const diagnostics = [
    ...loads.flatMap((load) => load.diagnostics),
    ...firstDiagnostics(findDuplicates(placed)),
  ];
  const texts = new Map(loads.map(({ file, text }) => [file, text]));
  if (diagnostics.length > 0) {
    return { ok: false, diagnostics, text: renderDiagnostics(diagnostics, texts) };
  }
  const rules = placed.map(({ rule }) => rule).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ok: true, rules, signals: loads.flatMap(({ signals }) => signals), texts, unmatched };
}

/** The JSON Schema of a rule file, for completion in an editor. */
export function ruleFileJsonSchema() {
  return toJsonSchema(ruleFileSchema({}));
}

interface PlacedRule {
  rule: Rule;
  document: ConfigDocument;
  index: number;
}

interface LoadedFile {
  file: string;
  text: string;
  rules: PlacedRule[];
  signals: NamedSignal[];
  diagnostics: Diagnostic[];
}

function loadRuleFile(file: string, text: string, { systems, env = process.env }: RuleContext): LoadedFile {
  const loaded = parseConfig({ file, schema: ruleFileSchema(systems), env }, text);
  if (!loaded.ok) return { file, text, rules: [], signals: [], diagnostics: loaded.diagnostics };
  const { config, document } = loaded;
  const rules = config.rules.map((written, index) => ({
    rule: { ...toRule(written, { file, systems }), text: textOf(document, index) },
    document,
    index,
  }));
  const signals = rules.flatMap(({ rule, index }) => signalsOf(rule, document, index));
  return { file, text, rules, signals, diagnostics: [] };
}

/** A rule file with one of its rules alone; lines keep their indentation. */
function textOf(document: ConfigDocument, index: number): string {
  const { text, column } = document.writtenAt(['rules', index]);
  return `rules:\n${' '.repeat(Math.max(column - 3, 0))}- ${text.trimEnd()}\n`;
}

function findDuplicates(placed: readonly PlacedRule[]): Diagnostic[] {
  const first = new Map<string, PlacedRule>();
  return placed.flatMap((found) => {
    const { rule, document, index } = found;
    const earlier = first.get(rule.name);
    if (earlier === undefined) {
      first.set(rule.name, found);
      return [];
    }
    return [
      document.atValue(['rules', index, 'name'], {
        code: 'RULE_DUPLICATE',
        message: `rule ${rule.name} is defined already, in ${earlier.rule.file}`,
        hint: 'give one of them another name',
      }),
    ];
  });
}
