import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type Diagnostic, firstDiagnostics } from '../diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../diagnostics/render.ts';
import { EvenkeelError, messageOf } from '../errors.ts';
import { ConfigDocument } from './document.ts';
import { type Environment, substituteEnvironment } from './environment.ts';
import { applyMirror, type Mirror } from './mirror.ts';
import { schemaDiagnostics } from './schema-findings.ts';
import { resolveSecretFiles } from './secret-files.ts';

export interface ConfigSource<Schema extends z.ZodType> {
  file: string;
  schema: Schema;
  /** Keys that may also be given as `<key>_file`, wherever they stand; `secretKeysOf` finds them in the schema. */
  secretKeys?: readonly string[];
  env?: Environment;
  /** Where each key may also be set by a variable of the environment. */
  mirror?: Mirror;
}

export type LoadResult<Config> =
  | { ok: true; config: Config; document: ConfigDocument }
  | { ok: false; diagnostics: Diagnostic[]; /** The diagnostics, rendered for a terminal. */ text: string };

/**
 * Reads a YAML config: variables, secret files, then the schema; all problems are collected and come back together.
 *
 * @throws EvenkeelError CONFIG_UNREADABLE when the file itself cannot be read
 */
export function loadConfig<Schema extends z.ZodType>(
  source: ConfigSource<Schema>,
): LoadResult<z.output<Schema>> {
  return parseConfig(source, readConfigFile(source.file));
}

/** The same for a text that is in memory already; `file` is the name that diagnostics show. */
export function parseConfig<Schema extends z.ZodType>(
  source: ConfigSource<Schema>,
  text: string,
): LoadResult<z.output<Schema>> {
  const { file, schema, secretKeys = [], env = process.env, mirror } = source;
  const document = new ConfigDocument(file, text);
  const syntax = document.syntaxDiagnostics();
  if (syntax.length > 0) return failed(document, syntax);

  const resolved = [
    ...substituteEnvironment(document, env),
    ...(mirror === undefined ? [] : applyMirror(document, { ...mirror, schema }, env)),
    ...resolveSecretFiles(document, secretKeys),
  ];
  const parsed = schema.safeParse(document.value() ?? {});
  if (!parsed.success) {
    return failed(document, chain(resolved, schemaDiagnostics(document, schema, parsed.error.issues)));
  }
  if (resolved.length > 0) return failed(document, resolved);
  return { ok: true, config: parsed.data, document };
}

function* chain<Item>(...parts: readonly Iterable<Item>[]): Generator<Item> {
  for (const part of parts) yield* part;
}

/** What a load gives when the caller itself finds something wrong with a well-formed config. */
export function failed(document: ConfigDocument, found: Iterable<Diagnostic>): LoadResult<never> {
  const diagnostics = firstDiagnostics(found);
  const text = renderDiagnostics(diagnostics, document.sources());
  return { ok: false, diagnostics, text };
}

function readConfigFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new EvenkeelError('CONFIG_UNREADABLE', `cannot read ${file}: ${messageOf(cause)}`, {
      cause,
      hint: 'check the path given with --config.file',
    });
  }
}
