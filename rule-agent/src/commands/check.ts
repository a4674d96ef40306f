import {
  defineCommand,
  type Diagnostic,
  EvenkeelError,
  EXIT_OK,
  readWebConfig,
  renderDiagnostics,
  systemClock,
  WEB_CONFIG_OPTION,
} from '@evenkeel/toolkit';
import { SHIPPED_SIGNALS } from '@evenkeel/signals/shipped-signals';
import type { AgentConfig } from '../config/index.ts';
import { openSources, readSignalNames } from '../facts/index.ts';
import { findUnknownSignals } from '../rules/index.ts';
import { requireConfig, type RequiredRules, requireRules, type CommandContext } from './load.ts';
import { CONFIG_OPTION } from './options.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'check the configuration and the rules, and show every mistake',
  details:
    'A signal that is not a shipped one is a warning, for it may be one of your own. With --prometheus, Prometheus is asked: a signal that it does not have either is a mistake.',
  options: {
    ...CONFIG_OPTION,
    ...WEB_CONFIG_OPTION,
    prometheus: { type: 'flag', about: 'ask Prometheus, too, whether it has the signals that rules name' },
  },
  exits: {
    0: 'no mistakes; there may be warnings',
    1: 'Prometheus was to be asked, and cannot be read',
    2: 'mistakes; each with file, line, column and a hint',
  },
  examples: [
    'evenkeel-agent check --config.file=agent.yml',
    'evenkeel-agent check --config.file=agent.yml --prometheus     where Prometheus can be reached',
  ],
  async run({ values, env, program, write }) {
    const files = { file: values['config.file'], webConfigFile: values['web.config.file'] };
    const asked = values.prometheus ? signalsInPrometheus : undefined;
    await write(await check({ ...files, asked }, { env, program }));
    return EXIT_OK;
  },
});

interface Checked {
  file: string;
  webConfigFile: string | undefined;
  /** Asks Prometheus for its signals, where that is wanted. */
  asked?: ((config: AgentConfig) => Promise<ReadonlySet<string>>) | undefined;
}

/**
 * Checks the configuration, that of the web server where there is one, and all rules.
 *
 * @returns what was found in order, with the warnings
 * @throws EvenkeelError CONFIG_INVALID or RULES_INVALID, each with every mistake, or PROMETHEUS_UNREADABLE
 */
export async function check(
  { file, webConfigFile, asked }: Checked,
  context: CommandContext,
): Promise<string> {
  if (webConfigFile !== undefined) readWebConfig(webConfigFile, context.env);
  const config = requireConfig(file, context);
  const rules = requireRules(config, file, context.env);
  const unknown = findUnknownSignals(rules.signals, {
    names: new Set([...SHIPPED_SIGNALS, ...((await asked?.(config)) ?? [])]),
    inPrometheus: asked !== undefined,
  });
  return describeRules({ file, rules, warnings: requireNoErrors(unknown, rules) });
}

async function signalsInPrometheus(config: AgentConfig): Promise<ReadonlySet<string>> {
  const { sources, close } = openSources(config, systemClock);
  try {
    return await readSignalNames(sources);
  } finally {
    await close();
  }
}

/** The findings as a text, where they are but warnings. @throws EvenkeelError RULES_INVALID */
function requireNoErrors(findings: readonly Diagnostic[], { texts }: RequiredRules): string[] {
  if (findings.length === 0) return [];
  const text = renderDiagnostics(findings, texts);
  if (findings.every(({ severity }) => severity === 'warning')) return [text];
  throw new EvenkeelError('RULES_INVALID', `the rules have mistakes\n${text}`);
}

interface Found {
  file: string;
  rules: RequiredRules;
  warnings: readonly string[];
}

function describeRules({ file, rules: { rules, unmatched }, warnings }: Found): string {
  return [
    `${file}: the configuration is valid`,
    ...unmatched.map((glob) => `warning: no rule file matches ${glob}`),
    ...warnings,
    ...rules.map(
      ({ name, mode, priority, version }) =>
        `rule ${name}: priority ${priority}, ${mode}, version ${version}`,
    ),
    '',
  ].join('\n');
}
