import { defineCommand, EXIT_OK, readWebConfig, WEB_CONFIG_OPTION } from '@evenkeel/toolkit';
import { requireConfig, requireRules, type CommandContext } from './load.ts';
import { CONFIG_OPTION } from './options.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'check the configuration and the rules, and show every mistake',
  options: { ...CONFIG_OPTION, ...WEB_CONFIG_OPTION },
  exits: { 0: 'no mistakes', 2: 'mistakes; each with file, line, column and a hint' },
  examples: ['evenkeel-agent check --config.file=agent.yml'],
  async run({ values, env, program, write }) {
    const files = { file: values['config.file'], webConfigFile: values['web.config.file'] };
    await write(check(files, { env, program }));
    return EXIT_OK;
  },
});

interface CheckedFiles {
  file: string;
  webConfigFile: string | undefined;
}

/**
 * Checks the configuration, that of the web server where there is one, and all rules.
 *
 * @returns what was found in order
 * @throws EvenkeelError CONFIG_INVALID or RULES_INVALID, each with every mistake
 */
export function check({ file, webConfigFile }: CheckedFiles, context: CommandContext): string {
  if (webConfigFile !== undefined) readWebConfig(webConfigFile, context.env);
  const config = requireConfig(file, context);
  const { rules, unmatched } = requireRules(config, file, context.env);
  return [
    `${file}: the configuration is valid`,
    ...unmatched.map((glob) => `warning: no rule file matches ${glob}`),
    ...rules.map(
      ({ name, mode, priority, version }) =>
        `rule ${name}: priority ${priority}, ${mode}, version ${version}`,
    ),
    '',
  ].join('\n');
}
