import { type Environment, readWebConfig } from '@evenkeel/toolkit';
import { databaseSettings } from '../config/databases.ts';
import { readConfig } from '../config/load.ts';
import { profilesOf } from '../sources/inventory-open.ts';

export interface CheckedFiles {
  config: string | undefined;
  webConfig: string | undefined;
}

/**
 * Checks a config, and the web config where there is one.
 *
 * @returns the sentence to print when it is right
 * @throws EvenkeelError CONFIG_INVALID, or PROFILE_INVALID for a profile it names, with all diagnostics
 */
export function checkConfig({ config: file, webConfig }: CheckedFiles, env: Environment): string {
  const config = readConfig(file, env);
  if (webConfig !== undefined) readWebConfig(webConfig, env);
  for (const settings of databaseSettings(config, () => config)) profilesOf(settings);
  const databases = countOf(Object.keys(config.databases).length, 'database');
  const right = `${file ?? 'the default config'} is right: ${databases}, ${countOf(config.probes.length, 'probe')}\n`;
  return webConfig === undefined ? right : `${right}${webConfig} is right\n`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
