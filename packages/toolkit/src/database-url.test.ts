import { describe, expect, it } from '@jest/globals';
import { databaseUrlSchema } from './database-url.ts';
import { redactUrl } from './secret.ts';

const schema = databaseUrlSchema(['postgres', 'postgresql', 'mysql']);

const problemOf = (url: string) => {
  const read = schema.safeParse(url);
  return read.success ? undefined : read.error.issues.map(({ message }) => message).join();
};

describe('the URL of a database', () => {
  it.each([
    'postgres://stock@127.0.0.1:5432/shop',
    'postgresql://stock:p%40s%2Fs%23@db.example/shop?sslmode=require',
    'mysql://stock:secret@[::1]:3306/shop',
    'postgres:///shop?host=/var/run/postgresql',
    'postgres://db.example/shop?application_name=a%40b',
  ])('is taken: %s', (url) => {
    expect(problemOf(url)).toBeUndefined();
  });

  it.each([
    'postgres://stock:open@kestrel77/x#y@127.0.0.1:1/shop',
    'postgres://stock:kestrel77@open@127.0.0.1/shop',
    'postgres://stock:kestrel77/open@127.0.0.1/shop',
    'postgres://stock:kestrel77#open@127.0.0.1/shop',
    'postgres://stock:kestrel77?open@127.0.0.1/shop',
    'mysql://stock:kestrel77:open@127.0.0.1/shop',
    'postgres://stock:kestrel77%open@127.0.0.1/shop',
    'postgres://stock:kestrel77 open@127.0.0.1/shop',
    'postgres://stock:open#kestrel77',
  ])('with a bare character in its password is refused, without a piece of it: %s', (url) => {
    expect(problemOf(url)).toMatch(/must be percent-encoded/);
    expect(redactUrl(url)).not.toContain('kestrel77');
  });

  it('of something else is refused', () => {
    expect(problemOf('http://shop.example/')).toBe(
      'expected a URL such as postgres://user@host:5432/database or mysql://user@host:3306/database',
    );
    expect(problemOf('postgres://db.example:port/shop')).toMatch(/this is no URL/);
  });
});
