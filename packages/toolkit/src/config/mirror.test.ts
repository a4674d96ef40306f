import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { durationSchema } from '../durations.ts';
import { secretSchema } from '../secret.ts';
import { parseConfig } from './load.ts';
import { describeVariables } from './variables.ts';

const schema = z.strictObject({
  web: z.strictObject({ port: z.int(), max_age: durationSchema.prefault('30s') }).optional(),
  hosts: z.array(z.string()).default([]),
  users: z.array(z.strictObject({ name: z.string(), password: secretSchema })).default([]),
  shops: z
    .record(
      z.string(),
      z.strictObject({ url: z.string(), headers: z.record(z.string(), z.string()).optional() }),
    )
    .default({}),
});

function parse(text: string, env: Record<string, string>) {
  return parseConfig({ file: 'app.yml', schema, env, mirror: { prefix: 'APP', others: ['APP_LOG'] } }, text);
}

function complaint(text: string, env: Record<string, string>): string {
  const result = parse(text, env);
  if (result.ok) throw new Error('expected diagnostics');
  return result.text;
}

describe('variables of the environment', () => {
  it('go before the file, and need none', () => {
    const env = { APP_WEB_PORT: '8005', APP_WEB_MAX_AGE: '1m', APP_HOSTS: 'a, b' };
    const config = { web: { port: 8005, max_age: 60_000 }, hosts: ['a', 'b'] };
    expect(parse('web: { port: 1 }', env)).toMatchObject({ ok: true, config });
    expect(parse('', env)).toMatchObject({ ok: true, config });
    expect(parse('web:\n', env)).toMatchObject({ ok: true, config });
  });

  it('reach into lists by number, and to names that the file or the variable gives', () => {
    const env = { APP_USERS_1_NAME: 'ben', APP_USERS_1_PASSWORD: 'b', APP_SHOPS_MY_SHOP_URL: 'http://b' };
    const text = 'users: [{ name: anna, password: a }]\nshops: { My_Shop: { url: "http://a" } }';
    expect(parse(text, env)).toMatchObject({
      ok: true,
      config: { users: [{ name: 'anna' }, { name: 'ben' }], shops: { My_Shop: { url: 'http://b' } } },
    });
    expect(parse('', { APP_SHOPS_MY_SHOP_URL: 'http://b' })).toMatchObject({
      config: { shops: { 'my-shop': { url: 'http://b' } } },
    });
  });

  it('hold text as it is: nothing in it becomes YAML', () => {
    expect(parse('', { APP_SHOPS_A_URL: '{ a: [1] }' })).toMatchObject({
      config: { shops: { a: { url: '{ a: [1] }' } } },
    });
    expect(parse('', { APP_HOSTS: '["a,b", c]' })).toMatchObject({ config: { hosts: ['a,b', 'c'] } });
  });

  it('of the wrong type are refused by their name, a secret without its value', () => {
    expect(complaint('web: { port: 1 }', { APP_WEB_PORT: 'many' })).toBe(
      [
        'APP_WEB_PORT:1:1: error: expected number, received string [CONFIG_INVALID]',
        '    1 | many',
        '      | ^^^^',
        '       = hint: expected number',
        '',
        '1 error',
      ].join('\n'),
    );
    const text = complaint('', { APP_USERS_0_PASSWORD: 'hunter2' });
    expect(text).toMatch(/^APP_USERS_0_PASSWORD:1:1: error: name is required/);
    expect(text).not.toContain('hunter2');
  });

  it('that lead nowhere are refused with the nearest one', () => {
    expect(complaint('', { APP_WEB_PROT: '1' })).toContain(
      'APP_WEB_PROT:1:1: error: no key of the configuration has this variable [CONFIG_UNKNOWN_KEY]\n       = hint: did you mean APP_WEB_PORT?',
    );
    expect(complaint('web: 5', { APP_WEB_PORT: '1' })).toContain(
      'APP_WEB_PORT:1:1: error: this value cannot',
    );
    expect(complaint('', { APP_USERS_5_NAME: 'x' })).toContain('APP_USERS_5_NAME');
    expect(complaint('', { APP_HOSTS: '[' })).toContain('APP_HOSTS:1:1');
  });

  it('that others read, that the file asks for, and that Kubernetes sets for a service are left alone', () => {
    const links = {
      APP_SERVICE_HOST: '10.0.0.1',
      APP_PORT: 'tcp://10.0.0.1:1',
      APP_PORT_1_TCP_ADDR: '10.0.0.1',
    };
    const env = { APP_LOG: 'debug', APP_MINE: 'http://mine', APPLE: 'x', ...links };
    expect(parse('shops: { a: { url: "${APP_MINE}" } }', env)).toMatchObject({
      ok: true,
      config: { shops: { a: { url: 'http://mine' } } },
    });
  });

  it('are described in the order of the schema, with defaults and secrets', () => {
    expect(describeVariables(schema, 'APP').slice(1, 5)).toEqual([
      { key: 'web.max_age', variable: 'APP_WEB_MAX_AGE', value: 'text', default: '30s', secret: false },
      {
        key: 'hosts',
        variable: 'APP_HOSTS',
        value: 'list, separated by commas',
        default: '[]',
        secret: false,
      },
      { key: 'users.0.name', variable: 'APP_USERS_0_NAME', value: 'text', secret: false },
      { key: 'users.0.password', variable: 'APP_USERS_0_PASSWORD', value: 'text', secret: true },
    ]);
  });
});
