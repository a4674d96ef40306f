import { hasBareCredentials } from '../secret.ts';

const URL_WITH_MORE = /([a-z][a-z\d+.-]*:\/\/)([^\s"']+)/gi;
/** A key whose value is a secret wherever it stands, but for a variable that it comes from. */
const SECRET_KEY =
  /((?:^|[\s{,"'])(?:\w*_)?(?:password|token|secret)["']?\s*[:=]\s*)(?!\s*\$\{\w+\}\s*$)(\S.*)$/i;

/**
 * A line of a config as it may be shown: users and passwords of URLs, and values of keys such as `password` and `token`, are stars. As many as
 * characters, so that a caret below stays in its place.
 */
export function hideSecrets(line: string): string {
  return line
    .replace(URL_WITH_MORE, (_whole, scheme: string, rest: string) => scheme + hiddenIn(scheme + rest, rest))
    .replace(SECRET_KEY, (_whole, key: string, value: string) => key + stars(value));
}

function hiddenIn(url: string, rest: string): string {
  const at = rest.lastIndexOf('@');
  if (at !== -1) return stars(rest.slice(0, at)) + rest.slice(at);
  return hasBareCredentials(url) ? stars(rest) : rest;
}

function stars(text: string): string {
  return '*'.repeat(text.length);
}
