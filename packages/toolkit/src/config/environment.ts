import { type Scalar, visit } from 'yaml';
import { type Diagnostic, MOST_DIAGNOSTICS } from '../diagnostics/diagnostic.ts';
import type { ConfigDocument } from './document.ts';
import { type Reference, splitReferences } from './references.ts';
import { readScalar } from './yaml-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in the values of a document; `$$` is a plain `$`.
 *
 * It works on parsed values, never on text, so that a variable cannot add keys. An unquoted value is read again
 * as YAML afterwards: `port: ${PORT:-9850}` is a number.
 *
 * @returns a diagnostic for each variable that is neither set nor has a default, but no more than anybody reads
 */
export function substituteEnvironment(document: ConfigDocument, env: Environment): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  visit(document.yaml, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('$')) return undefined;
      const parts = splitReferences(node.value);
      const missing = missingIn(parts, env);
      for (const name of missing) diagnostics.push(missingVariable(document, node, name));
      if (missing.size > 0) return diagnostics.length > MOST_DIAGNOSTICS ? visit.BREAK : undefined;
      const value = substitute(parts, env);
      node.value = node.type === 'PLAIN' ? readScalar(value) : value;
      return undefined;
    },
  });
  return diagnostics;
}

type Part = string | Reference;

function missingIn(parts: readonly Part[], env: Environment): Set<string> {
  const missing = new Set<string>();
  for (const part of parts) {
    if (typeof part === 'string' || (env[part.name] ?? part.fallback) !== undefined) continue;
    missing.add(part.name);
    if (missing.size > MOST_DIAGNOSTICS) break;
  }
  return missing;
}

function substitute(parts: readonly Part[], env: Environment): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : (env[part.name] ?? part.fallback ?? '')))
    .join('');
}

function missingVariable(document: ConfigDocument, node: Scalar, name: string): Diagnostic {
  return document.atNode(node, {
    code: 'CONFIG_VARIABLE_UNSET',
    message: `environment variable ${name} is not set`,
    hint: `set it, or give a default: \${${name}:-value}`,
  });
}
