import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '@evenkeel/exporter';
import { parseConfig } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';

const file = join(import.meta.dirname, '../../docs/exporter/probes.md');
const examples = [...readFileSync(file, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);

describe('docs/exporter/probes.md', () => {
  it.each(examples.filter((yaml) => /^probes?:/.test(yaml)))('has a config that is right: %s', (yaml) => {
    expect(parseConfig({ file, schema: configSchema, env: {} }, yaml)).toMatchObject({ ok: true });
  });

  it('has examples', () => expect(examples).toHaveLength(3));
});
