import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, configSchema, createApp } from '@evenkeel/exporter';
import { parseConfig, parseListenAddress, silentLogger } from '@evenkeel/toolkit';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { readExposition } from './exposition-text.ts';

const file = join(import.meta.dirname, '../../docs/exporter/access-logs.md');
const page = readFileSync(file, 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, text]) => text!);
}

describe('docs/exporter/access-logs.md', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-access-docs-'));
  let app: App | undefined;

  afterEach(() => app?.stop());
  afterAll(() => rmSync(directory, { recursive: true }));

  /** The values of a page after each log of a config got its lines. */
  async function valuesOf(yaml: string, linesOf: ReadonlyMap<string, string>): Promise<Map<string, number>> {
    const loaded = parseConfig({ file, schema: configSchema, env: {} }, yaml);
    if (!loaded.ok) throw new Error(loaded.text);
    const { access_logs: logs } = loaded.config;
    const config = {
      ...loaded.config,
      state: {},
      access_logs: logs.map((log) => ({ ...log, path: join(directory, log.name) })),
    };
    for (const { path } of config.access_logs) writeFileSync(path, '');
    const options = {
      config,
      readConfig: () => config,
      logger: silentLogger(),
      disabled: new Set(['hostfacts'] as const),
    };
    app = createApp({ ...options, listen: [parseListenAddress('127.0.0.1:0')] });
    const [address] = await app.start();
    for (const { name, path } of config.access_logs) appendFileSync(path, linesOf.get(name)!);
    const url = `http://127.0.0.1:${address!.port}/metrics?collect[]=accesslog`;
    return readExposition(await (await fetch(url)).text());
  }

  const configs = blocks('yaml').filter((yaml) => yaml.includes('access_logs:'));

  it('gives for its lines what it says', async () => {
    const values = await valuesOf(configs[0]!, new Map([['shop', blocks('log')[0]!]]));
    const expected = [...readExposition(blocks('text')[0]!)];
    expect(expected).toHaveLength(7);
    for (const [name, value] of expected) expect([name, values.get(name)]).toEqual([name, value]);
  });

  it('has an example line for each of the other formats that fits it', async () => {
    const examples = [...configs[1]!.matchAll(/- name: (\w+)[^#]*# (.*)\n/g)];
    expect(examples.map(([, name]) => name)).toEqual(['api', 'intranet', 'gateway', 'edge']);
    const values = await valuesOf(
      configs[1]!,
      new Map(examples.map(([, name, line]) => [name!, `${line}\n`])),
    );
    for (const [, name] of examples) {
      const labels = `access_log="${name}",http_request_method="GET",http_response_status_code="200",http_route="unmatched"`;
      expect(values.get(`http_server_request_duration_seconds_sum{${labels}}`)).toBeCloseTo(0.025, 9);
    }
  });
});
