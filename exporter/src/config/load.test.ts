import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigDocument, toJsonSchema } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_EXCLUDED_MOUNTPOINTS } from '../collectors/mounts.ts';
import { COLLECTOR_NAMES } from '../model/collector-names.ts';
import { readConfig } from './load.ts';
import { configSchema } from './schema.ts';

const EXAMPLE = join(import.meta.dirname, '../../exporter.example.yml');

describe('readConfig', () => {
  it('gives defaults without a file', () => {
    expect(readConfig(undefined, {})).toMatchObject({
      web: { listen: ['127.0.0.1:9850'] },
      scrape: { timeout: 9500, timeout_offset: 500 },
      host: { procfs: '/proc', rootfs: '/' },
      databases: {},
      probes: [],
    });
  });

  it('keeps the password of a URL out of sight', () => {
    const config = readConfig(EXAMPLE, { WAREHOUSE_PASSWORD: 'tiger' });
    expect(config.databases.warehouse!.url.reveal()).toContain('tiger');
    expect(JSON.stringify(config)).not.toContain('tiger');
  });
});

describe('exporter.example.yml', () => {
  const example = new ConfigDocument(EXAMPLE, readFileSync(EXAMPLE, 'utf8')).yaml.toJS() as Record<
    string,
    unknown
  >;

  it('is right', () => expect(() => readConfig(EXAMPLE, {})).not.toThrow());

  it('shows the defaults that it says it shows', () => {
    const { web, scrape, host } = readConfig(undefined, {});
    const shown = readConfig(EXAMPLE, {});
    expect(shown.web.listen).toEqual(web.listen);
    expect(shown.scrape).toEqual(scrape);
    expect(shown.host).toMatchObject({
      procfs: host.procfs,
      rootfs: host.rootfs,
      cpu: host.cpu,
      poll_interval: host.poll_interval,
      filesystem: { exclude_mountpoints: DEFAULT_EXCLUDED_MOUNTPOINTS },
    });
  });

  it('documents every key', () => {
    expect(missingKeys(toJsonSchema(configSchema), example, '')).toEqual([]);
  });

  it('names every key of alternatives, and every collector', () => {
    const text = readFileSync(EXAMPLE, 'utf8');
    const names = new Set([...allKeys(toJsonSchema(configSchema)), ...COLLECTOR_NAMES]);
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
}

/** The names of all keys, at any depth and in any branch. */
function allKeys(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node ? Object.keys(node.properties as object) : [];
  return [...own, ...Object.values(node).flatMap(allKeys)];
}

/** Paths of the schema that the example does not have; of a map and of a list, its first entry speaks. */
function missingKeys(schema: Schema, value: unknown, path: string): string[] {
  if (schema.items !== undefined) return missingKeys(schema.items, (value as unknown[])[0], `${path}[]`);
  if (typeof schema.additionalProperties === 'object' && path !== '.collectors') {
    return missingKeys(schema.additionalProperties, Object.values(value as object)[0], `${path}.*`);
  }
  if (path === '.collectors') return [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, below]) => {
    const given = (value as Record<string, unknown>)[key];
    return given === undefined ? [`${path}.${key}`] : missingKeys(below, given, `${path}.${key}`);
  });
}
