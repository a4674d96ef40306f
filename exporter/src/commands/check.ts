import type { Environment } from '@evenkeel/toolkit';
import { databaseSettings } from '../config/databases.ts';
import { readConfig } from '../config/load.ts';
import { profilesOf } from '../sources/inventory-open.ts';

/**
 * Checks a config.
 *
 * @returns the sentence to print when it is right
 * @throws EvenkeelError CONFIG_INVALID, or PROFILE_INVALID for a profile it names, with all diagnostics
 */
export function checkConfig(file: string | undefined, env: Environment): string {
  const config = readConfig(file, env);
  for (const settings of databaseSettings(config, () => config)) profilesOf(settings);
  const databases = countOf(Object.keys(config.databases).length, 'database');
  return `${file ?? 'the default config'} is right: ${databases}, ${countOf(config.probes.length, 'probe')}\n`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
