import {
  createLogger,
  EvenkeelError,
  type LogFormat,
  type Logger,
  type LogLevel,
  readPackageVersion,
  readSecretFile,
  type Secret,
  TokenBook,
} from '@evenkeel/toolkit';

export const VERSION = readPackageVersion(new URL('../../', import.meta.url));

export const ADMIN_OPTION = {
  'admin-token-file': {
    type: 'text',
    placeholder: 'file',
    about: 'file with the token that may change knobs and faults; without it nobody may',
  },
} as const;

export const DATABASE_OPTION = {
  'database-url-file': {
    type: 'text',
    placeholder: 'file',
    about:
      'file with the URL of the PostgreSQL to use; or set DATABASE_URL; without either an embedded one is started',
  },
} as const;

/** The URL carries a password, so it comes from a file or a variable, never from the command line. */
export function readDatabaseUrl(
  values: { 'database-url-file': string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const file = values['database-url-file'];
  return file === undefined ? env.DATABASE_URL : readSecretFile(file).reveal();
}

export function buildLogger(
  name: string,
  values: { 'log.level': LogLevel; 'log.format': LogFormat },
): Logger {
  return createLogger({ name, level: values['log.level'], format: values['log.format'] });
}

/** The admin token from its file, if there is one. */
export function readAdminToken(values: { 'admin-token-file': string | undefined }): Secret | undefined {
  const file = values['admin-token-file'];
  return file === undefined ? undefined : readSecretFile(file);
}

/** Knows the admin token as `admin`, or nobody. */
export function tokensOf(adminToken: Secret | undefined): TokenBook {
  return new TokenBook(adminToken === undefined ? [] : [{ name: 'admin', role: 'admin', token: adminToken }]);
}

interface Bounds {
  min: number;
  max: number;
}

/** @throws EvenkeelError COMMAND_LINE_INVALID */
export function readNumber(flag: string, text: string, { min, max }: Bounds): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw new EvenkeelError('COMMAND_LINE_INVALID', `--${flag} is "${text}"`, {
    hint: `expected a number between ${min} and ${max}`,
  });
}
