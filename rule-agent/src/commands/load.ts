import { dirname, resolve } from 'node:path';
import { EvenkeelError, type Program, variablesOf } from '@evenkeel/toolkit';
import { type AgentConfig, loadAgentConfig } from '../config/index.ts';
import { type LoadedRules, loadRules } from '../rules/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a command runs: the variables there, and the program, whose flags some of them are. */
export interface CommandContext {
  env: Environment;
  program: Program;
}

/**
 * The configuration.
 *
 * @throws EvenkeelError CONFIG_INVALID with all its mistakes rendered, or CONFIG_UNREADABLE
 */
export function requireConfig(file: string, { env, program }: CommandContext): AgentConfig {
  const loaded = loadAgentConfig(file, env, variablesOf(program));
  if (loaded.ok) return loaded.config;
  throw new EvenkeelError('CONFIG_INVALID', `${file} has mistakes\n${loaded.text}`);
}

export type RequiredRules = Extract<LoadedRules, { ok: true }>;

/**
 * The rules that a configuration names.
 *
 * @throws EvenkeelError RULES_INVALID with all their mistakes rendered
 */
export function requireRules(config: AgentConfig, configFile: string, env: Environment): RequiredRules {
  const loaded = loadRules({
    globs: config.rules,
    directory: dirname(resolve(configFile)),
    systems: config.systems,
    env,
  });
  if (loaded.ok) return loaded;
  throw new EvenkeelError('RULES_INVALID', `the rules have mistakes\n${loaded.text}`);
}

/**
 * Loads the rules again and again, as the agent does. A directory that was emptied, or is not mounted, does not pass for rules
 * that somebody took away.
 *
 * @param unmatched the patterns that no file matches already
 */
export function createRuleLoader(
  load: () => RequiredRules,
  unmatched: readonly string[],
): () => RequiredRules['rules'] {
  let known = unmatched;
  return () => {
    const loaded = load();
    const gone = loaded.unmatched.filter((glob) => !known.includes(glob));
    if (gone.length > 0) {
      throw new EvenkeelError('RULES_INVALID', `no rule file matches ${gone.join(', ')} any more`, {
        hint: 'the rules that were loaded before stay in force; to take them all away, leave a file with "rules: []"',
      });
    }
    known = loaded.unmatched;
    return loaded.rules;
  };
}
