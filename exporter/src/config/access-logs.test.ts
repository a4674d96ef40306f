import { parseConfig } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { accessLogSettings } from './access-logs.ts';
import { configSchema } from './schema.ts';

function load(log: string) {
  const text = `access_logs:\n  - name: shop\n    path: access.log\n    ${log}\n`;
  return parseConfig({ file: 'exporter.yml', schema: configSchema, env: {} }, text);
}

function problemsOf(log: string): string {
  const loaded = load(log);
  return loaded.ok ? 'none' : loaded.diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n');
}

describe('access_logs', () => {
  it.each([
    ['format: nginx', 'a - - [24/Nov/2026:10:15:02 +0000] "GET /x HTTP/1.1" 200 1 "-" "-" 0.5'],
    ['format: apache', 'a - - [24/Nov/2026:10:15:02 +0000] "GET /x HTTP/1.1" 200 1 "-" "-" 500000'],
    ['format: json', '{"request_method":"GET","request_uri":"/x","status":"200","request_time":"0.5"}'],
    ["format: { nginx: '$request_time $status $request' }", '0.5 200 GET /x HTTP/1.1'],
    ["format: { apache: '%{ms}T %>s %m %U' }", '500 200 GET /x'],
    [
      'format: { json: { method: m, path: p, status: s, duration: d, duration_unit: ns } }',
      '{"m":"GET","p":"/x","s":200,"d":500000000}',
    ],
    ['', 'a - - [24/Nov/2026:10:15:02 +0000] "GET /x HTTP/1.1" 200 1 "-" "-" 0.5'],
  ])('read lines as they say: %s', (log, line) => {
    const loaded = load(log);
    if (!loaded.ok) throw new Error(loaded.text);
    const [settings] = accessLogSettings(loaded.config.access_logs);
    expect(settings!.parse(line)).toEqual({ method: 'GET', target: '/x', status: 200, seconds: 0.5 });
  });

  it.each([
    ['format: ngnix', '4: expected one of "nginx"|"apache"|"json"'],
    ["format: { nginx: '$request $status' }", '4: it has no duration: $request_time; %D, %T or %{ms}T'],
    ["format: { apache: '%r %D' }", '4: it has no status: $status; %>s'],
    ['format: { json: { duration_unit: m } }', '4: '],
    ['format: { json: { verb: method } }', '4: unknown key verb'],
    ['routes: [/products/:sku, products]', '4: expected a template such as /products/:sku or /static/*'],
    ['\n  - { name: shop, path: other.log }', '5: another access log is called shop already'],
  ])('are refused with the place and what to do: %s', (log, problem) => {
    expect(problemsOf(log)).toContain(problem);
  });
});
