import { z } from 'zod';
import { hasBareCredentials, secretSchema } from './secret.ts';

const ENCODE =
  'its user or password has a character that must be percent-encoded: @ as %40, / as %2F, # as %23, ? as %3F, : as %3A, % as %25';

const EXAMPLES: Readonly<Record<string, string>> = {
  postgres: 'postgres://user@host:5432/database',
  mysql: 'mysql://user@host:3306/database',
};

/**
 * The URL of a database, which is a secret.
 *
 * @param schemes without the colon; of `postgres` and `mysql` an example is shown
 */
export function databaseUrlSchema(schemes: readonly [string, ...string[]]) {
  const example = schemes.flatMap((scheme) => EXAMPLES[scheme] ?? []).join(' or ');
  return secretSchema.superRefine((secret, context) => {
    const url = secret.reveal();
    const refuse = (message: string) => context.addIssue({ code: 'custom', message, input: undefined });
    if (!schemes.some((scheme) => url.startsWith(`${scheme}://`)))
      refuse(`expected a URL such as ${example}`);
    else if (hasBareCredentials(url)) refuse(ENCODE);
    else if (!URL.canParse(url)) refuse(`this is no URL: expected one such as ${example}`);
  }) as z.ZodType<z.output<typeof secretSchema>, string>;
}
