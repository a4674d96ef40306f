import { parse, type Scalar, visit } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ConfigDocument } from './document.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

// Upper case only: `${target.site}` and other templates of ours pass through untouched.
const REFERENCE = /\$\$|\$\{([A-Z_][A-Z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in the values of a document; `$$` is a plain `$`.
 *
 * It works on parsed values, never on text, so that a variable cannot add keys. An unquoted value is read again
 * as YAML afterwards: `port: ${PORT:-9850}` is a number.
 *
 * @returns one diagnostic for each variable that is neither set nor has a default
 */
export function substituteEnvironment(document: ConfigDocument, env: Environment): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  visit(document.yaml, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('$')) return;
      const missing = new Set<string>();
      const value = substitute(node.value, env, missing);
      for (const name of missing) diagnostics.push(missingVariable(document, node, name));
      if (missing.size === 0) node.value = node.type === 'PLAIN' ? readPlain(value) : value;
    },
  });
  return diagnostics;
}

function substitute(text: string, env: Environment, missing: Set<string>): string {
  return text.replace(REFERENCE, (whole, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return '$';
    const value = env[name] ?? fallback;
    if (value === undefined) missing.add(name);
    return value ?? whole;
  });
}

function readPlain(text: string): unknown {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null ? text : value;
  } catch {
    return text;
  }
}

function missingVariable(document: ConfigDocument, node: Scalar, name: string): Diagnostic {
  return document.atNode(node, {
    code: 'CONFIG_VARIABLE_UNSET',
    message: `environment variable ${name} is not set`,
    hint: `set it, or give a default: \${${name}:-value}`,
  });
}
