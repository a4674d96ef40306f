import type { AbsentFigure } from '@evenkeel/inventory';
import {
  defineCommand,
  type Environment,
  EXIT_OK,
  readWebConfig,
  WEB_CONFIG_OPTION,
} from '@evenkeel/toolkit';
import { databaseSettings } from '../config/databases.ts';
import { readConfig } from '../config/load.ts';
import { profilesOf } from '../sources/inventory-open.ts';
import { CONFIG_OPTION } from './options.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'check the config, and show every mistake',
  options: { ...CONFIG_OPTION, ...WEB_CONFIG_OPTION },
  exits: { 0: 'no mistakes', 2: 'mistakes; each with file, line, column and a hint' },
  examples: ['evenkeel-exporter check --config.file=exporter.yml'],
  async run({ values, env, write }) {
    const files = { config: values['config.file'], webConfig: values['web.config.file'] };
    await write(checkConfig(files, env));
    return EXIT_OK;
  },
});

export interface CheckedFiles {
  config: string | undefined;
  webConfig: string | undefined;
}

/**
 * Checks a config, and the web config where there is one.
 *
 * @returns what to print when it is right: a sentence, and the figures that a profile does not give
 * @throws EvenkeelError CONFIG_INVALID, or PROFILE_INVALID for a profile it names, with all diagnostics
 */
export function checkConfig({ config: file, webConfig }: CheckedFiles, env: Environment): string {
  const config = readConfig(file, env);
  if (webConfig !== undefined) readWebConfig(webConfig, env);
  const absent = databaseSettings(config, () => config).flatMap((settings) =>
    profilesOf(settings)
      .filter((profile) => profile.absent.length > 0)
      .map((profile) => absentText(`database ${settings.name}, profile ${profile.name}`, profile.absent)),
  );
  const databases = countOf(Object.keys(config.databases).length, 'database');
  const right = `${file ?? 'the default config'} is right: ${databases}, ${countOf(config.probes.length, 'probe')}`;
  const web = webConfig === undefined ? [] : [`${webConfig} is right`];
  return `${[right, ...web, ...absent].join('\n')}\n`;
}

function absentText(place: string, absent: readonly AbsentFigure[]): string {
  return [`${place}: not given`, ...absent.map(({ kpi, reason }) => `  ${kpi.name}: ${reason}`)].join('\n');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
