import { describe, expect, it } from '@jest/globals';
import { type JsonFields, jsonParser } from './json-parser.ts';
import { type ParseLine, patternParser } from './line-parser.ts';
import { Misfit } from './misfit.ts';
import { APACHE_PATTERN, NGINX_PATTERN, parseApachePattern, parseNginxPattern } from './pattern.ts';

function reasonOf(parse: ParseLine, line: string): string {
  const misfit = parse(line);
  if (!(misfit instanceof Misfit)) throw new Error(`it fits: ${JSON.stringify(misfit)}`);
  return misfit.reason;
}

describe('lines of nginx', () => {
  const parse = patternParser(parseNginxPattern(NGINX_PATTERN));
  const line = (request: string, rest = '200 612 "-" "curl/7.88.1" 0.025') =>
    `10.0.0.7 - - [24/Nov/2026:10:15:02 +0000] "${request}" ${rest}`;

  it('are read', () => {
    expect(parse(line('GET /products/22423?size=2 HTTP/1.1'))).toEqual({
      method: 'GET',
      target: '/products/22423?size=2',
      status: 200,
      seconds: 0.025,
    });
  });

  it.each([
    ['quotes and backslashes, escaped', '200 612 "-" "a \\x22 b \\" \\\\" 1.5', 1.5],
    ['quoted text that looks like fields', '200 612 "-" "x 0.001 200 y" 2.000', 2],
    ['a status of an error', '502 0 "-" "-" 60.001', 60.001],
  ])('may have %s', (_, rest, seconds) => {
    expect(parse(line('GET / HTTP/1.1', rest))).toMatchObject({ seconds });
  });

  it('may have a user with a blank, and no user', () => {
    const user = line('GET / HTTP/1.1').replace('- -', '- Mary Ann');
    expect(parse(user)).toMatchObject({ method: 'GET', target: '/' });
  });

  it.each([
    ['', { method: '', target: '' }],
    ['-', { method: '-', target: '' }],
    ['\\x16\\x03\\x01\\x02', { method: '\\x16\\x03\\x01\\x02', target: '' }],
    ['GET /a b HTTP/1.0', { method: 'GET', target: '/a b' }],
    ['GET /old', { method: 'GET', target: '/old' }],
    ['GET http://shop/a HTTP/1.1', { method: 'GET', target: 'http://shop/a' }],
  ])('may have any request that a client can send: %s', (request, expected) => {
    expect(parse(line(request, '400 150 "-" "-" 0.000'))).toMatchObject({ ...expected, status: 400 });
  });

  it.each([
    ['without a time', '200 612 "-" "curl"', 'nothing after $http_user_agent'],
    ['with a word for the time', '200 612 "-" "curl" soon', '$request_time is no duration'],
    ['with a negative time', '200 612 "-" "curl" -1', '$request_time is no duration'],
    ['with no time at its end', '200 612 "-" "curl" ', '$request_time is no duration'],
    ['with a status of no answer', '000 0 "-" "curl" 0.1', '$status is no status'],
    ['with a quote that is left open', '200 612 "-" "curl\\" 0.1', 'nothing after $http_user_agent'],
  ])('do not fit %s', (_, rest, reason) => {
    expect(reasonOf(parse, line('GET / HTTP/1.1', rest))).toBe(reason);
  });

  it('do not fit when they are cut, wherever', () => {
    const whole = line('GET / HTTP/1.1');
    for (let length = 1; length < whole.length - '0.025'.length; length++)
      expect(parse(whole.slice(0, length))).toBeInstanceOf(Misfit);
  });

  it('cost no more than their length', () => {
    expect(reasonOf(parse, '" '.repeat(30_000))).toMatch(/nothing after/);
  });
});

describe('patterns of nginx', () => {
  it('name their fields in any order, braced or not', () => {
    const parse = patternParser(
      parseNginxPattern('$request_time|${status}|$request_method $uri|$upstream_response_time|'),
    );
    expect(parse('0.250|404|PATCH /orders/7|0.100, 0.140|')).toEqual({
      method: 'PATCH',
      target: '/orders/7',
      status: 404,
      seconds: 0.25,
    });
  });

  it.each([
    ['$status $request_time', 'it has no request'],
    ['$request $request_time', 'it has no status'],
    ['$request $status', 'it has no duration'],
    ['$request $status$request_time', 'nothing stands between $status and $request_time'],
  ])('are refused: %s', (pattern, reason) => expect(() => parseNginxPattern(pattern)).toThrow(reason));
});

describe('lines that a client writes into', () => {
  const parseWith = (pattern: string) => patternParser(parseNginxPattern(`${pattern} "$request"`));
  const REQUEST = '"GET /stock/7 HTTP/1.1"';

  it.each([
    ['$upstream_response_time $status $request_time', '0.001, 0.250 200 0.251'],
    ['$upstream_response_time $status $request_time', '0.001 : 0.250, 0.003 200 0.251'],
    ['$upstream_response_time $status $request_time', '- 200 0.251'],
    ['$upstream_addr $status $request_time', '10.0.0.1:80, unix:/run/a.sock 200 0.251'],
    ['$upstream_status $status $request_time $pipe', '502, 504 : 200 200 0.251 .'],
    ['$upstream_cache_status $status $request_time', 'MISS, HIT 200 0.251'],
    ['$http_x_forwarded_for $status $request_time', '10.9.9.9, 10.1.1.1 200 0.251'],
    ['$http_x_forwarded_for $status $request_time', '10.9.9.9, 404 10.1.1.1 200 0.251'],
    ['$http_x_forwarded_for $status $request_time', '500 0.001 200 0.251'],
    ['$http_user_agent $http_cookie $status $request_time', 'curl 8 (x) a=b; c=d 200 0.251'],
  ])('have the figures of the server: %s', (pattern, line) => {
    expect(parseWith(pattern)(`${line} ${REQUEST}`)).toMatchObject({
      target: '/stock/7',
      status: 200,
      seconds: 0.251,
    });
  });

  it.each([
    ['$http_a $status $request_time $http_b', 'x 500 0.001 200 0.251 y'],
    ['$status $http_a $request_time $http_b', '200 x 0.251 0.001 y'],
  ])('do not fit when they can be read in two ways: %s', (pattern, line) => {
    expect(reasonOf(parseWith(pattern), `${line} ${REQUEST}`)).toBe('it can be read in two ways');
  });

  it('cost little more than their length, however they are written', () => {
    const parse = parseWith('$http_a $http_b|$remote_addr|$status $http_c $request_time');
    for (const text of ['|', ' ', '| ', ' 200', '|200 1.0 ', '" ']) {
      const startedMs = performance.now();
      parse(text.repeat(65_536 / text.length));
      // Quadratic would be minutes.
      expect(performance.now() - startedMs).toBeLessThan(5_000);
    }
  });
});

describe('fields that touch', () => {
  it.each([
    ['$host:$server_port$request_uri $request_method', 'shop.example:443/stock/7?x=1 GET', '/stock/7?x=1'],
    [
      '$request_method $scheme://$host$request_uri',
      'GET https://shop.example/stock/7?x=1',
      'https://shop.example/stock/7?x=1',
    ],
    ['$request_method $uri$is_args$args', 'GET /stock/7?x=1', '/stock/7?x=1'],
    ['$request_method $uri$is_args$args', 'GET /stock/7', '/stock/7'],
    ['$request_method $server_name$document_uri $request_uri', 'GET shop/index /stock/7', '/stock/7'],
  ])('are read where one ends what the other begins with: %s', (pattern, line, target) => {
    const parse = patternParser(parseNginxPattern(`${pattern} $status $request_time`));
    expect(parse(`${line} 200 0.020`)).toEqual({ method: 'GET', target, status: 200, seconds: 0.02 });
  });

  it('are read of Apache', () => {
    const parse = patternParser(parseApachePattern('%v %m %U%q %H %>s %D'));
    expect(parse('shop GET /stock/7?x=1 HTTP/1.1 200 20000')).toMatchObject({
      target: '/stock/7?x=1',
      seconds: 0.02,
    });
  });
});

describe('lines of Apache', () => {
  const line = (rest: string) =>
    `127.0.0.1 - - [24/Nov/2026:10:15:02 +0000] "GET /orders/7 HTTP/1.1" ${rest}`;

  it('are read, with the time in microseconds', () => {
    const parse = patternParser(parseApachePattern(APACHE_PATTERN));
    expect(parse(line('200 5043 "-" "Mozilla/5.0 \\"x\\"" 250000'))).toEqual({
      method: 'GET',
      target: '/orders/7',
      status: 200,
      seconds: 0.25,
    });
  });

  it.each([
    ['%T', '3', 3],
    ['%{ms}T', '250', 0.25],
    ['%{us}T', '250', 0.00025],
    ['%{s}T', '2', 2],
    ['%T/%D', '0/250000', 0.25],
    ['%D/%T', '250000/0', 0.25],
  ])('have a time as %s', (time, text, seconds) => {
    const parse = patternParser(
      parseApachePattern(`%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" ${time} 100%%`),
    );
    expect(parse(line(`200 5043 "-" ${text} 100%`))).toMatchObject({ status: 200, seconds });
  });
});

describe('lines of JSON', () => {
  const fields: JsonFields = {
    method: 'request.method',
    path: 'request.uri',
    status: 'status',
    duration: 'duration',
    secondsPerUnit: 1e-3,
  };
  const parse = jsonParser(fields);

  it('are read, with keys in objects', () => {
    const line = '{"request":{"method":"GET","uri":"/caf\u00e9?x"},"status":200,"duration":12.5}';
    expect(parse(line)).toEqual({ method: 'GET', target: '/café?x', status: 200, seconds: 0.0125 });
  });

  it('are read with a dot in a key, and numbers as texts', () => {
    const line = '{"request.method":"GET","request.uri":"/","status":"503","duration":"12"}';
    expect(parse(line)).toEqual({ method: 'GET', target: '/', status: 503, seconds: 0.012 });
  });

  it.each([
    ['1.2e1', 0.012],
    ['12.5ms', 0.0125],
    ['350\u00b5s', 0.00035],
    ['1m2.5s', 62.5],
    ['1h0m3s', 3603],
  ])('are read with the duration %s', (duration, seconds) => {
    const line = JSON.stringify({ request: { method: 'GET', uri: '/' }, status: 200, duration });
    expect(parse(line)).toMatchObject({ seconds: expect.closeTo(seconds, 12) });
  });

  it.each([0, 1e-9, 3e-7])('are read with the small time %d', (duration) => {
    const line = JSON.stringify({ request: { method: 'GET', uri: '/' }, status: 200, duration });
    expect(parse(line)).toMatchObject({ seconds: expect.closeTo(duration / 1000, 15) });
  });

  it.each([
    ['not JSON', 'no JSON object'],
    ['null', 'no JSON object'],
    ['7', 'no JSON object'],
    ['{"request":{"uri":"/"},"status":200,"duration":1}', 'no request.method'],
    ['{"request":{"method":"GET"},"status":200,"duration":1}', 'no request.uri'],
    ['{"request":{"method":"GET","uri":"/"},"duration":1}', 'status is no status'],
    ['{"request":{"method":"GET","uri":"/"},"status":200,"duration":null}', 'duration is no duration'],
    ['{"request":{"method":"GET","uri":"/"},"status":200,"duration":-1}', 'duration is no duration'],
    ['{"request":{"method":"GET","uri":"/"},"status":200,"duration":"5 apples"}', 'duration is no duration'],
    ['{"request":{"method":"GET","uri":"/"},"status":0,"duration":1}', 'status is no status'],
    ['{"request":{"method":"GET","uri":"/"},"status":600,"duration":1}', 'status is no status'],
    ['{"request":{"method":"GET","uri":"/"},"status":200,"du', 'no JSON object'],
  ])('do not fit: %s', (line, reason) => expect(reasonOf(parse, line)).toBe(reason));
});
