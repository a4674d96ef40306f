import { requireConfig, requireRules } from './load.ts';

/**
 * Checks the configuration and all rules.
 *
 * @returns what was found in order
 * @throws EvenkeelError CONFIG_INVALID or RULES_INVALID, each with every mistake
 */
export function check(configFile: string, env: Readonly<Record<string, string | undefined>>): string {
  const config = requireConfig(configFile, env);
  const { rules, unmatched } = requireRules(config, configFile, env);
  return [
    `${configFile}: the configuration is valid`,
    ...unmatched.map((glob) => `warning: no rule file matches ${glob}`),
    ...rules.map(
      ({ name, mode, priority, version }) =>
        `rule ${name}: priority ${priority}, ${mode}, version ${version}`,
    ),
    '',
  ].join('\n');
}
