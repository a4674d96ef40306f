import { describe, expect, it } from '@jest/globals';
import { createLogger, type LogFormat } from './logger.ts';
import { Secret } from './secret.ts';

function logged(format: LogFormat, write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const destination = { write: (line: string) => void (text += line) };
  write(createLogger({ name: 'test', format, destination }));
  return text;
}

describe('createLogger', () => {
  it('writes logfmt with time, level and name first', () => {
    const line = logged('logfmt', (logger) => logger.info({ port: 9850, why: 'a b' }, 'listening now'));
    expect(line).toMatch(/^time=\S+Z level=info name=test msg="listening now" port=9850 why="a b"\n$/);
  });

  it('shows an error as its message and code', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    expect(logged('logfmt', (logger) => logger.warn({ err: error }, 'down'))).toContain(
      'error=refused code=ECONNREFUSED',
    );
  });

  it.each(['logfmt', 'json'] as const)('lets no secret into a line of %s', (format) => {
    const text = logged(format, (logger) => {
      logger.info({ token: 'tok-1', nested: { password: 'tok-2' }, held: new Secret('tok-3') }, 'config');
      logger.error({ err: new Error('connect postgres://me:tok-4@db/x') }, 'Authorization: Bearer tok-5');
    });
    expect(text).toContain('redacted');
    expect(text).not.toMatch(/tok-\d/);
  });
});
