import type { Environment } from '../../config/environment.ts';
import type { Logger } from '../../logger.ts';
import { Passwords } from './passwords.ts';
import { WebConfigFile, type WebSettings } from './web-config-file.ts';

/** Who may come to a web server, and how: TLS, passwords and headers, as the web config file says now. */
export interface WebAccess {
  /** Whether the server speaks TLS; that does not change while it runs. */
  isTls: boolean;
  settings: () => WebSettings;
  passwords: Passwords;
}

export interface WebAccessOptions {
  /** Path of the file of `--web.config.file`. */
  file: string;
  logger: Logger;
  env?: Environment;
}

/** @throws EvenkeelError CONFIG_UNREADABLE, or CONFIG_INVALID with all diagnostics */
export function openWebAccess({ file, logger, env }: WebAccessOptions): WebAccess {
  const config = new WebConfigFile(file, logger, env);
  return {
    isTls: config.current().tls !== undefined,
    settings: () => config.current(),
    passwords: new Passwords(),
  };
}
