import { describe, expect, it } from '@jest/globals';
import { hideSecrets } from './hide-secrets.ts';

describe('a line of a config', () => {
  it.each([
    [
      'url: postgres://stock:open@kestrel77/x#y@127.0.0.1:1/shop',
      'url: postgres://************************@127.0.0.1:1/shop',
    ],
    ['url: postgres://stock:kestrel@127.0.0.1/shop', 'url: postgres://*************@127.0.0.1/shop'],
    ['url: postgres://stock:open#kestrel', 'url: postgres://******************'],
    ['  password: "kestrel"', '  password: *********'],
    ['basic: { username: a, password: kestrel }', 'basic: { username: a, password: *********'],
    ['- { name: ops, token: kestrel }', '- { name: ops, token: *********'],
    ['reload_token: kestrel', 'reload_token: *******'],
  ])('hides %s', (line, shown) => {
    expect(hideSecrets(line)).toBe(shown);
    expect(shown).toHaveLength(line.length);
  });

  it.each([
    'url: http://127.0.0.1:9090/prometheus',
    'url: mssql://127.0.0.1/warehouse',
    'tokens: []',
    'token: ${RELOAD_TOKEN}',
    'token_file: /etc/evenkeel/token',
    'timeout: soon # of the token',
    'description: a password was wrong',
  ])('leaves %s', (line) => {
    expect(hideSecrets(line)).toBe(line);
  });
});
