const KNOWN_METHODS = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
]);

/** What every method outside RFC 9110 and PATCH is folded to, as OpenTelemetry's conventions ask. */
export const OTHER_METHOD = '_OTHER';

/** Folds a request method to a closed set, so that a scanner cannot grow the label without bound. */
export function knownMethod(method: string | undefined): string {
  return method !== undefined && KNOWN_METHODS.has(method) ? method : OTHER_METHOD;
}
