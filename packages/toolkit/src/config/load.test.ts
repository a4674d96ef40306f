import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { durationSchema } from '../durations.ts';
import { secretSchema } from '../secret.ts';
import { loadConfig, parseConfig } from './load.ts';

const schema = z.strictObject({
  web: z.strictObject({ port: z.number().int().max(65_535), interval: durationSchema }).optional(),
  mode: z.enum(['shadow', 'auto']).optional(),
  targets: z.array(z.strictObject({ name: z.string(), password: secretSchema.optional() })).optional(),
});

function parse(text: string, env: Record<string, string> = {}, secretKeys: string[] = []) {
  return parseConfig({ file: 'app.yml', schema, env, secretKeys }, text);
}

function findings(text: string) {
  const result = parse(text);
  if (result.ok) throw new Error('expected diagnostics');
  return result.diagnostics.map(({ line, column, message, hint }) => ({ line, column, message, hint }));
}

describe('parseConfig', () => {
  it('gives the config with durations in milliseconds', () => {
    const result = parse('web: { port: 9850, interval: 1m30s }\nmode: auto\n');
    expect(result).toMatchObject({
      ok: true,
      config: { web: { port: 9850, interval: 90_000 }, mode: 'auto' },
    });
  });

  it('reads an empty file as an empty config', () => {
    expect(parse('')).toMatchObject({ ok: true, config: {} });
  });

  it('reports all mistakes at once, each where it stands and with what to write instead', () => {
    const text = [
      'web:',
      '  prot: 9850',
      '  interval: soon',
      'mode: automatic',
      'targets:',
      '  - name: 7',
      '  - nam: warehouse',
    ].join('\n');
    expect(findings(text)).toEqual([
      { line: 2, column: 3, message: 'port is required', hint: 'expected number' },
      { line: 3, column: 13, message: expect.stringContaining('expected a duration'), hint: undefined },
      { line: 2, column: 3, message: 'unknown key prot', hint: 'did you mean port?' },
      {
        line: 4,
        column: 7,
        message: expect.stringContaining('expected one of'),
        hint: 'expected one of shadow, auto',
      },
      { line: 6, column: 11, message: 'expected string, received number', hint: 'expected string' },
      { line: 7, column: 5, message: 'name is required', hint: 'expected string' },
      { line: 7, column: 5, message: 'unknown key nam', hint: 'did you mean name?' },
    ]);
  });

  it('shows the line with a caret under the value', () => {
    const result = parse('mode: automatic\n');
    expect(result.ok ? '' : result.text).toBe(
      [
        'app.yml:1:7: error: expected one of "shadow"|"auto" [CONFIG_INVALID]',
        '    1 | mode: automatic',
        '      |       ^^^^^^^^^',
        '       = hint: expected one of shadow, auto',
        '',
        '1 error',
      ].join('\n'),
    );
  });

  it('reports broken YAML and a key given twice with their position', () => {
    expect(findings('web: [1, 2\nmode: auto\n')[0]).toMatchObject({ line: 2 });
    expect(findings('mode: auto\nmode: shadow\n')).toMatchObject([{ line: 2, column: 1 }]);
  });
});

describe('variables in a config', () => {
  it('are replaced in values, with defaults, and unquoted ones keep their type', () => {
    const result = parse('web:\n  port: ${PORT:-8005}\n  interval: 5s\n');
    expect(result).toMatchObject({ ok: true, config: { web: { port: 8005 } } });
    expect(parse('mode: ${MODE}', { MODE: 'auto' })).toMatchObject({ ok: true, config: { mode: 'auto' } });
  });

  it('cannot add keys, whatever their value holds', () => {
    const result = parse('targets: [{ name: "${NAME}" }]', { NAME: 'a\nmode: auto' });
    expect(result).toMatchObject({ ok: true, config: { targets: [{ name: 'a\nmode: auto' }] } });
  });

  it('leave lower-case templates and escaped dollars alone', () => {
    const result = parse('targets: [{ name: "$${target.site} ${target.site}" }]');
    expect(result).toMatchObject({
      ok: true,
      config: { targets: [{ name: '${target.site} ${target.site}' }] },
    });
  });

  it('that are not set are a finding at their place', () => {
    expect(findings('mode: ${EVENKEEL_NOT_SET}\n')[0]).toMatchObject({
      line: 1,
      column: 7,
      message: 'environment variable EVENKEEL_NOT_SET is not set',
    });
  });
});

describe('secrets in a config', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-config-'));
  const file = join(directory, 'app.yml');
  const load = (text: string) => {
    writeFileSync(file, text);
    return loadConfig({ file, schema, secretKeys: ['password'], env: {} });
  };

  it('come from a file beside the config, without its line end, and print as redacted', () => {
    writeFileSync(join(directory, 'password'), 'hunter2\n');
    const result = load('targets: [{ name: a, password_file: password }]');
    if (!result.ok) throw new Error(result.text);
    const password = result.config.targets?.[0]?.password;
    expect(password?.reveal()).toBe('hunter2');
    expect(`${JSON.stringify(result.config)} ${String(password)}`).not.toContain('hunter2');
  });

  it('that are missing, or given twice, are findings', () => {
    expect(load('targets: [{ name: a, password_file: nowhere }]')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'CONFIG_SECRET_FILE', line: 1, column: 37 }],
    });
    expect(load('targets: [{ name: a, password: b, password_file: password }]')).toMatchObject({ ok: false });
  });

  it('an unreadable config is an error with a code', () => {
    const missing = join(directory, 'none.yml');
    expect(() => loadConfig({ file: missing, schema })).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNREADABLE' }),
    );
  });

  it('gives the first mistakes of many, however long the line that they stand in', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `key_${index}: 1`);
    const result = parse(`{${keys.join(', ')}}`);
    if (result.ok) throw new Error('expected diagnostics');
    expect(result.diagnostics).toHaveLength(51);
    expect(result.diagnostics.at(-1)).toMatchObject({ code: 'MORE_FINDINGS' });
    expect(result.text.length).toBeLessThan(51 * 500);
  });

  it('names no more variables that are not set than anybody reads', () => {
    const result = parse(
      `targets: [${Array.from({ length: 5_000 }, (_, index) => `\${A${index}}`).join(', ')}]`,
    );
    if (result.ok) throw new Error('expected diagnostics');
    expect(result.diagnostics).toHaveLength(51);
  });

  it.each([
    ['an alias that leads nowhere', 'port: 1\nname: *gone\n', 2],
    ['aliases that multiply', `a: &a [${'x,'.repeat(20)}]\n${bomb()}`, 4],
  ])('shows %s as a mistake of the file', (_what, text, line) => {
    const result = parseConfig({ file: 'c.yml', schema: z.looseObject({}), env: {} }, text);
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'CONFIG_SYNTAX', line }] });
  });
});

/** Each list holds the one before it ten times. */
function bomb(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  return names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${names[index]!}`).join(', ')}]`)
    .join('\n');
}
