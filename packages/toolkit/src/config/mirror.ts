import { isMap, isScalar, isSeq } from 'yaml';
import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { messageOf } from '../errors.ts';
import type { ConfigDocument, Finding } from './document.ts';
import type { Environment } from './environment.ts';
import type { JsonSchema } from './json-schema.ts';
import { SECRET_FILE_SUFFIX } from './secret-files.ts';
import { type Aim, describeVariables, findAims } from './variables.ts';
import { parseYaml } from './yaml-text.ts';

/** Lets each key of a config be set by a variable of the environment: `PREFIX_JOURNAL_PATH` is `journal.path`. */
export interface Mirror {
  prefix: string;
  /** Variables with this prefix that are read elsewhere. */
  others?: readonly string[];
}

/** What Kubernetes, and Docker before it, set in every container for a service that has the prefix as its name. */
const SERVICE_LINK = /^(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;

/**
 * Sets the keys of a document that have a variable; a variable goes before what the file says.
 *
 * @returns a diagnostic for each variable that leads nowhere, or has a value that cannot be read
 */
export function applyMirror(
  document: ConfigDocument,
  { prefix, others = [], schema }: Mirror & { schema: z.ZodType },
  env: Environment,
): Diagnostic[] {
  const given = Object.entries(env).flatMap(([variable, text]) =>
    text !== undefined && isOurs(variable, { prefix, others, document }) ? [{ variable, text }] : [],
  );
  // In the order of numbers: an entry of a list comes after the one before it.
  const sorted = given.sort((a, b) => a.variable.localeCompare(b.variable, 'en', { numeric: true }));
  return sorted.flatMap(({ variable, text }) => {
    const words = variable.slice(prefix.length + 1).split('_');
    const [aim] = findAims(schema, words, (path) => namesAt(document, path));
    const finding =
      aim === undefined ? unknown(variable, schema, prefix) : set(document, aim, { variable, text });
    return finding === undefined ? [] : [document.atVariable({ variable, text: '' }, finding)];
  });
}

interface GivenVariable {
  variable: string;
  text: string;
}

function isOurs(
  variable: string,
  { prefix, others, document }: { prefix: string; others: readonly string[]; document: ConfigDocument },
): boolean {
  if (!variable.startsWith(`${prefix}_`) || others.includes(variable)) return false;
  // Whoever writes ${PREFIX_X} into the file means that.
  if (document.text.includes(`\${${variable}`)) return false;
  return !SERVICE_LINK.test(variable.slice(prefix.length + 1));
}

function unknown(variable: string, schema: z.ZodType, prefix: string): Finding {
  const known = describeVariables(schema, prefix).flatMap(({ variable: name, secret }) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  const near = suggest(variable, known);
  return {
    code: 'CONFIG_UNKNOWN_KEY',
    message: 'no key of the configuration has this variable',
    hint:
      near === undefined
        ? 'unset it; the documentation has a table of all variables'
        : `did you mean ${near}?`,
  };
}

function set(
  document: ConfigDocument,
  { path, forms }: Aim,
  { variable, text }: GivenVariable,
): Finding | undefined {
  const secret = forms.some(({ writeOnly }) => writeOnly === true);
  try {
    dropOtherForm(document, path);
    document.setFromVariable(path, readValue(text, forms), { variable, text: secret ? '[redacted]' : text });
    return undefined;
  } catch (error) {
    const because = messageOf(error).split('\n')[0]!;
    return { code: 'CONFIG_VARIABLE_INVALID', message: `this value cannot be taken: ${because}` };
  }
}

/** A key and the file that holds it: the variable for one takes the place of the other in the document. */
function dropOtherForm(document: ConfigDocument, path: readonly PropertyKey[]): void {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const other = key.endsWith(SECRET_FILE_SUFFIX)
    ? key.slice(0, -SECRET_FILE_SUFFIX.length)
    : key + SECRET_FILE_SUFFIX;
  const map = parent.length === 0 ? document.yaml.contents : document.yaml.getIn(parent, true);
  if (isMap(map)) map.delete(other);
  // `systems:` with nothing after it is an empty mapping.
  else if (isScalar(map) && map.value === null) document.yaml.deleteIn(parent);
}

/** Text stays as it is; everything else is YAML, as it would stand in the file; commas separate the values of a list. */
function readValue(text: string, forms: readonly JsonSchema[]): unknown {
  if (forms.length > 0 && forms.every(({ type }) => type === 'string')) return text;
  const list = forms.find(({ type }) => type === 'array');
  if (list === undefined || /^\s*\[/.test(text)) return parseYaml(text);
  const items = text.split(',').map((item) => item.trim());
  const plain = (list.items as JsonSchema | undefined)?.type === 'string';
  return plain ? items : items.map((item) => parseYaml(item));
}

function namesAt(document: ConfigDocument, path: readonly PropertyKey[]): string[] {
  const node = path.length === 0 ? document.yaml.contents : document.yaml.getIn(path, true);
  if (isSeq(node) || !isMap(node)) return [];
  return node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
}
