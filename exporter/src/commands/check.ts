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
  const databases = countOf(Object.keys(config.databases).length, 'database');
  return `${file ?? 'the default config'} is right: ${databases}, ${countOf(config.probes.length, 'probe')}\n`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
