/**
 * What the text of a field looks like, as the source of a regular expression without groups of its own; undefined where it may be
 * anything, since a client wrote it or nobody knows the variable. `next` are characters that what stands after the field may begin with.
 */
export type FieldShape = (next: string) => string | undefined;

/** Variables without a value are logged as a hyphen. */
const orNothing =
  (shape: string): FieldShape =>
  () =>
    `(?:${shape}|-)`;
const number = orNothing(String.raw`\d+(?:\.\d+)?`);
/** A word, but for what ends it. */
const word: FieldShape = (next) => String.raw`[^\s"${escapedInClass(next)}]*`;
/** nginx writes one for each server that it asked, and sets apart those of an internal redirect by a colon. */
const listOf = (item: string): FieldShape => orNothing(`(?:${item}|-)(?:(?:, | : )(?:${item}|-))*`);
const path: FieldShape = (next) =>
  next === '' || /\s/.test(next) ? word(next) : `[^"${escapedInClass(next)}]*`;

const NGINX: readonly (readonly [RegExp, FieldShape])[] = [
  [/^(?:status|sent_http_status)$/, () => String.raw`\d{3}`],
  [/^(?:request_time|msec|session_time)$/, number],
  [/^(?:bytes_sent|body_bytes_sent|request_length|connection|connection_requests|pid|gzip_ratio)$/, number],
  [/^(?:server_port|remote_port|proxy_port|binary_remote_addr|content_length)$/, number],
  [/^upstream_(?:response|connect|header|queue|first_byte|session)_time$/, listOf(String.raw`[\d.]+`)],
  [/^upstream_(?:response_length|bytes_received|bytes_sent)$/, listOf(String.raw`\d+`)],
  [/^upstream_status$/, listOf(String.raw`\d{3}`)],
  [/^upstream_addr$/, listOf(String.raw`[^\s,"]+`)],
  [/^upstream_cache_status$/, listOf('[A-Z]+')],
  [/^time_local$/, () => String.raw`\d\d\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`],
  [/^scheme$/, () => 'https?'],
  [/^is_args$/, () => String.raw`\??`],
  [/^pipe$/, () => '[.p]'],
  [/^(?:uri|document_uri)$/, path],
  [
    /^(?:remote_addr|server_addr|realip_remote_addr|time_iso8601|request_method|request_uri|args|query_string)$/,
    word,
  ],
  [
    /^(?:host|hostname|server_name|server_protocol|ssl_protocol|ssl_cipher|ssl_session_id|request_id|proxy_host)$/,
    word,
  ],
];

const APACHE: readonly (readonly [RegExp, FieldShape])[] = [
  [/^s$/, () => String.raw`\d{3}`],
  [/^[DTBbIOSpPk]$/, number],
  [/^t$/, () => String.raw`\[[^\]"]*\]`],
  [/^X$/, () => '[X+-]'],
  [/^q$/, () => String.raw`(?:\?[^\s"]*)?`],
  [/^U$/, path],
  [/^[ahAlLHmvV]$/, word],
];

export function shapeOfNginx(variable: string): FieldShape | undefined {
  return NGINX.find(([names]) => names.test(variable))?.[1];
}

/** A format in braces makes a time of any form. */
export function shapeOfApache(letter: string, argument: string | undefined): FieldShape | undefined {
  if (letter === 't' && argument !== undefined) return undefined;
  return APACHE.find(([letters]) => letters.test(letter))?.[1];
}

/** Between quotes: no quote without a backslash before it. */
export const QUOTED = String.raw`(?:[^"\\]|\\.)*`;

export function escapedInClass(characters: string): string {
  return characters.replace(/[\\\]^-]/g, String.raw`\$&`);
}
