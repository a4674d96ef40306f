import type { Environment } from '@evenkeel/toolkit';
import { readConfig } from '../config/load.ts';

/**
 * Checks a config.
 *
 * @returns the sentence to print when it is right
 * @throws EvenkeelError CONFIG_INVALID with all diagnostics
 */
export function checkConfig(file: string | undefined, env: Environment): string {
  const config = readConfig(file, env);
  const databases = Object.keys(config.databases).length;
  return `${file ?? 'the default config'} is right: ${databases} databases, ${config.probes.length} probes\n`;
}
