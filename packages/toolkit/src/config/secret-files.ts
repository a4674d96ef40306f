import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isScalar, Pair, Scalar, visit, type YAMLMap } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { EvenkeelError, messageOf } from '../errors.ts';
import { Secret } from '../secret.ts';
import type { ConfigDocument } from './document.ts';

/** `token_file` names a file that holds `token`. */
export const SECRET_FILE_SUFFIX = '_file';

/**
 * Reads a secret from a file: its text without the line end at its close.
 *
 * @throws EvenkeelError SECRET_UNREADABLE when the file cannot be read or holds nothing
 */
export function readSecretFile(file: string): Secret {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new EvenkeelError('SECRET_UNREADABLE', `cannot read the secret file ${file}: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (text === '') throw new EvenkeelError('SECRET_UNREADABLE', `the secret file ${file} is empty`);
  return new Secret(text);
}

/**
 * Lets every key named in `secretKeys` be given as `<key>_file`: the value is then the content of that file.
 * Relative names are relative to the config file.
 */
export function resolveSecretFiles(document: ConfigDocument, secretKeys: readonly string[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  visit(document.yaml, {
    Map(_, map) {
      for (const key of secretKeys) {
        const diagnostic = resolveOne(document, map, key);
        if (diagnostic !== undefined) diagnostics.push(diagnostic);
      }
    },
  });
  return diagnostics;
}

function resolveOne(document: ConfigDocument, map: YAMLMap, key: string): Diagnostic | undefined {
  const index = map.items.findIndex(({ key: given }) => nameOf(given) === key + SECRET_FILE_SUFFIX);
  const file = map.items[index]?.value;
  if (!isScalar<string>(file) || typeof file.value !== 'string') return undefined;
  if (map.has(key)) {
    return document.atNode(file, {
      code: 'CONFIG_SECRET_FILE',
      message: `${key} and ${key}${SECRET_FILE_SUFFIX} are both given`,
      hint: 'keep one of the two',
    });
  }
  try {
    map.items[index] = new Pair(new Scalar(key), secretScalar(document, file));
    return undefined;
  } catch (error) {
    // The key counts as given, so that the schema has no second complaint about the same place.
    map.items[index] = new Pair(new Scalar(key), new Scalar('unreadable'));
    return document.atNode(file, {
      code: 'CONFIG_SECRET_FILE',
      message: messageOf(error),
      hint: 'the file must exist, be readable and hold one line',
    });
  }
}

/** A key that was put in by a variable of the environment is plain text. */
function nameOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

/** The secret in the place of the name of its file, which findings about it point to. */
function secretScalar(document: ConfigDocument, file: Scalar<string>): Scalar {
  const scalar = new Scalar(readSecretFile(resolve(dirname(document.file), file.value)).reveal());
  scalar.range = file.range ?? null;
  return scalar;
}
