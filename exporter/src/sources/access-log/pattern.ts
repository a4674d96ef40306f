import { type FieldShape, shapeOfApache, shapeOfNginx } from './field-shapes.ts';

/** What a field of an access log is good for. */
export type Role = 'request' | 'method' | 'target' | 'status' | 'duration' | 'none';

export interface Field {
  /** As it stands in the pattern. */
  text: string;
  /** The name of the variable: `request_uri` of nginx, `U` of Apache. */
  name: string;
  role: Role;
  /** Of a duration: how many seconds one of its units is. */
  secondsPerUnit: number;
  /** Undefined where it may be anything. */
  shape: FieldShape | undefined;
}

/** A pattern taken apart: what stands before each field, and after the last one. */
export interface Pattern {
  fields: readonly Field[];
  /** One more than the fields. */
  literals: readonly string[];
}

/** Nginx's `combined` with the time that the request took at the end. */
export const NGINX_PATTERN =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';

/** Apache's `combined` with the same, in microseconds. */
export const APACHE_PATTERN = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D';

/** https://nginx.org/en/docs/http/ngx_http_log_module.html and ngx_http_core_module.html#variables */
const NGINX_FIELD = /\$(?:\{(\w+)\}|(\w+))/g;
const NGINX_ROLES: Readonly<Record<string, Role>> = {
  request: 'request',
  request_method: 'method',
  request_uri: 'target',
  uri: 'target',
  status: 'status',
  request_time: 'duration',
};

/** https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats */
const APACHE_FIELD = /(?<!%)%[!\d,]*[<>]?(?:\{([^}]*)\})?(\^[A-Za-z]{2}|[A-Za-z])/g;
const APACHE_ROLES: Readonly<Record<string, Role>> = {
  r: 'request',
  m: 'method',
  U: 'target',
  s: 'status',
  D: 'duration',
  T: 'duration',
};
const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6 };

/** What a field begins with that may touch the one before it: that one ends there. */
export const TOUCHING: Readonly<Record<string, string>> = {
  ...{ uri: '/', document_uri: '/', request_uri: '/', is_args: '?' },
  ...{ U: '/', q: '?' },
};

/**
 * Takes an nginx `log_format` apart.
 *
 * @throws Error with a sentence for the writer of the config when it cannot be used
 */
export function parseNginxPattern(text: string): Pattern {
  return takeApart(text, NGINX_FIELD, (whole, braced, plain) => {
    const name = braced ?? plain ?? '';
    return {
      ...{ text: whole, name, secondsPerUnit: 1 },
      role: NGINX_ROLES[name] ?? 'none',
      shape: shapeOfNginx(name),
    };
  });
}

/** The same for Apache's `LogFormat`; quotes may be written `\"` as there. */
export function parseApachePattern(text: string): Pattern {
  const { fields, literals } = takeApart(
    text.replaceAll('\\"', '"'),
    APACHE_FIELD,
    (whole, argument, letter = '') => ({
      ...{ text: whole, name: letter },
      role: APACHE_ROLES[letter] ?? 'none',
      secondsPerUnit: letter === 'D' ? 1e-6 : (SECONDS_PER_UNIT[argument ?? 's'] ?? 1),
      shape: shapeOfApache(letter, argument),
    }),
  );
  return { fields, literals: literals.map((literal) => literal.replaceAll('%%', '%')) };
}

type ReadField = (whole: string, ...groups: (string | undefined)[]) => Field;

function takeApart(text: string, grammar: RegExp, read: ReadField): Pattern {
  const fields: Field[] = [];
  const literals: string[] = [];
  let end = 0;
  for (const match of text.matchAll(grammar)) {
    fields.push(read(...(match as unknown as [string, ...(string | undefined)[]])));
    literals.push(text.slice(end, match.index));
    end = match.index + match[0].length;
  }
  literals.push(text.slice(end));
  return checked({ fields: preferFinest(fields), literals });
}

/** Of several durations the one with the smallest unit counts, of other roles the first one. */
function preferFinest(fields: readonly Field[]): Field[] {
  const finest = Math.min(
    ...fields.filter(({ role }) => role === 'duration').map(({ secondsPerUnit }) => secondsPerUnit),
  );
  const taken = new Set<Role>();
  return fields.map((field) => {
    const isTaken = taken.has(field.role) || (field.role === 'duration' && field.secondsPerUnit > finest);
    if (!isTaken) taken.add(field.role);
    return isTaken ? { ...field, role: 'none' } : field;
  });
}

function checked(pattern: Pattern): Pattern {
  const { fields, literals } = pattern;
  const has = (role: Role) => fields.some((field) => field.role === role);
  const joined = fields.findIndex(
    (field, index) => index > 0 && literals[index] === '' && !mayTouch(fields[index - 1]!, field),
  );
  if (joined !== -1)
    throw new Error(`nothing stands between ${fields[joined - 1]!.text} and ${fields[joined]!.text}`);
  if (!has('request') && !(has('method') && has('target')))
    throw new Error('it has no request: $request or $request_method and $request_uri; %r or %m and %U');
  if (!has('status')) throw new Error('it has no status: $status; %>s');
  if (!has('duration')) throw new Error('it has no duration: $request_time; %D, %T or %{ms}T');
  return pattern;
}

/** `$host$request_uri`: a path begins with a slash, and a host has none. */
function mayTouch(one: Field, next: Field): boolean {
  if (one.name === 'is_args') return next.name === 'args' || next.name === 'query_string';
  return one.shape !== undefined && TOUCHING[next.name] !== undefined;
}
