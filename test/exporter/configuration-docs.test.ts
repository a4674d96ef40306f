import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '@evenkeel/exporter';
import { parseConfig, readWebConfig } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { exporterProgram } from '../../exporter/src/commands/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/exporter/configuration.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text!);

describe('docs/exporter/configuration.md', () => {
  it('tells of every flag and command', () => {
    const { commands } = exporterProgram('1');
    const flags = commands
      .flatMap(({ options }) => Object.keys(options))
      .filter((name) => !name.startsWith('collector.'));
    const names = [...flags.map((name) => `--${name}`), ...commands.map(({ name }) => name)];
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
  });

  it('tells of every key of the config', () => {
    const table = page.slice(page.indexOf('## The config file'), page.indexOf('## One query'));
    expect(Object.keys(configSchema.shape).filter((key) => !table.includes(`\`${key}\``))).toEqual([]);
  });

  it('has a web config that is right, with a certificate to go with it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-web-docs-'));
    for (const name of ['server.crt', 'server.key', 'ca.crt'])
      copyFileSync(join(ROOT, 'packages/toolkit/testdata/tls', name), join(directory, name));
    const file = join(directory, 'web.yml');
    writeFileSync(
      file,
      blocks.find((text) => text.startsWith('tls_server_config'))!,
    );
    const { tls, users } = readWebConfig(file, {});
    rmSync(directory, { recursive: true });
    expect([tls?.rejectUnauthorized, [...users.keys()]]).toEqual([true, ['prometheus']]);
  });

  it('has a config that is right', () => {
    const text = blocks.find((block) => block.startsWith('host:'))!;
    expect(parseConfig({ file: 'exporter.yml', schema: configSchema, env: {} }, text).ok).toBe(true);
  });

  it('names metrics of containers as they are', () => {
    const golden = readFileSync(join(ROOT, 'exporter/testdata/host.prom'), 'utf8');
    const given = [...golden.matchAll(/^# TYPE (container_\S+)/gm)].map(([, name]) => name!);
    const shown = page.replace('`_working_set_bytes`', '`container_memory_working_set_bytes`');
    expect(given.filter((name) => !shown.includes(`\`${name}`))).toEqual([]);
  });
});
