import { defineCommand, EvenkeelError, EXIT_OK, parseDuration, systemClock } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { policyOf } from '../decisions/index.ts';
import { openSources } from '../facts/index.ts';
import { createHttpClient } from '../http/client.ts';
import { createPrometheus, type Prometheus } from '../prometheus/client.ts';
import {
  compareReplays,
  readJournalPast,
  renderReplay,
  replay,
  type ReplayReport,
  stepFor,
} from '../replay/index.ts';
import { loadRules } from '../rules/index.ts';
import { requireConfig, type RequiredRules } from './load.ts';
import { CONFIG_OPTION } from './options.ts';
import { withJournal } from './with-journal.ts';

const TIMEOUT_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;

export const replayCommand = defineCommand({
  name: 'replay',
  summary: 'tell when rules would have fired and acted, over the history in Prometheus',
  details:
    "By the agent's own cycle; nothing is touched. The systems and limits are those of the configuration. What a verdict could have told follows for each rule.",
  operands: '<rules>...',
  options: {
    ...CONFIG_OPTION,
    prometheus: {
      ...{ type: 'text', env: false, placeholder: 'url' },
      about: 'where the history is; by default the first Prometheus of the configuration',
    },
    from: {
      type: 'text',
      env: false,
      required: true,
      placeholder: 'time',
      about: 'RFC 3339, or how long ago: 7d',
    },
    to: { type: 'text', env: false, placeholder: 'time', about: 'the same; by default now' },
    step: {
      ...{ type: 'text', env: false, placeholder: 'duration' },
      about: 'how far apart the cycles are; by default 15s up to two days, 1m up to 45 days, else 5m',
    },
    against: {
      ...{ type: 'text', env: false, placeholder: 'file' },
      about: 'an older version of the rules, to compare with',
    },
    journal: {
      ...{ type: 'flag', env: false },
      about: "read the agent's journal too: which episodes there were, and what actions moved",
    },
    format: {
      type: 'text',
      env: false,
      default: 'table',
      choices: ['table', 'json', 'csv'],
      about: 'how the result is printed',
    },
  },
  exits: {
    1: 'the history cannot be read, or holds nothing in this time',
    2: 'a mistake in what was typed, or in a file; nothing was done',
  },
  examples: [
    'evenkeel-agent replay rules/slow-api.yml --from=7d',
    'evenkeel-agent replay new.yml --against=old.yml --from=30d --prometheus=http://127.0.0.1:9090 --format=csv',
  ],
  async run({ values, operands, env, program, write }) {
    const config = requireConfig(values['config.file'], { env, program });
    const rulesOf = (files: readonly string[]) => readRules(files, config, env);
    const [rules, older] = [
      rulesOf(operands),
      values.against === undefined ? undefined : rulesOf([values.against]),
    ];
    const range = rangeOf(values, config.interval);
    const journal = values.journal
      ? await withJournal(config, (reader) => readJournalPast(reader, range))
      : undefined;
    const { source, close } = sourceAt(values.prometheus, config);
    try {
      const play = ({ rules: played }: RequiredRules): Promise<ReplayReport> =>
        replay({
          ...{ ...range, source, rules: played, ...(journal !== undefined && { journal }) },
          policy: policyOf({ ...config, interval: range.stepMs }),
          ...(process.stderr.isTTY && { onProgress: progressOn(process.stderr) }),
        });
      const report = await play(rules);
      const difference = older && compareReplays(report.firings, (await play(older)).firings);
      const width = process.stdout.isTTY ? process.stdout.columns : undefined;
      await write(
        renderReplay({ report, ...(difference !== undefined && { difference }), width }, values.format),
      );
    } finally {
      await close();
    }
    return EXIT_OK;
  },
});

function readRules(
  globs: readonly string[],
  { systems }: AgentConfig,
  env: Readonly<Record<string, string | undefined>>,
): RequiredRules {
  const loaded = loadRules({ globs, directory: process.cwd(), systems, env });
  if (!loaded.ok) throw new EvenkeelError('RULES_INVALID', `the rules have mistakes\n${loaded.text}`);
  const [unmatched] = loaded.unmatched;
  if (unmatched !== undefined) throw usage(`no rule file matches ${unmatched}`);
  return loaded;
}

interface RangeTexts {
  from: string;
  to?: string | undefined;
  step?: string | undefined;
}

/** Whole steps: what the cycles of a replay stand on. */
function rangeOf({ from, to, step }: RangeTexts, intervalMs: number) {
  const nowMs = Date.now();
  const fromMs = timeOf(from, nowMs);
  const toMs = Math.min(nowMs, to === undefined ? nowMs : timeOf(to, nowMs));
  if (fromMs >= nowMs) throw usage('--from has to be in the past');
  if (fromMs >= toMs) throw usage('--from has to be before --to');
  const stepMs = step === undefined ? stepFor(toMs - fromMs, intervalMs) : parseDuration(step);
  if (stepMs < 1000) throw usage('--step has to be a second or more');
  const [first, last] = [Math.ceil(fromMs / stepMs) * stepMs, Math.floor(toMs / stepMs) * stepMs];
  if (first > last) throw usage('the range is shorter than one step');
  return { fromMs: first, toMs: last, stepMs };
}

const AGO = /^\d+[a-z]/;

function timeOf(text: string, nowMs: number): number {
  if (AGO.test(text)) return nowMs - parseDuration(text);
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw usage(`"${text}" is no time: write 2026-11-01T00:00:00Z, or how long ago, such as 7d`);
}

function sourceAt(
  url: string | undefined,
  config: AgentConfig,
): { source: Prometheus; close: () => Promise<void> } {
  if (url === undefined) {
    // The timeout of a cycle is too short for ranges.
    const prometheus = { ...config.prometheus, timeout: Math.max(config.prometheus.timeout, TIMEOUT_MS) };
    const { sources, close } = openSources({ prometheus }, systemClock);
    return { source: sources[0]!.prometheus, close };
  }
  if (!URL.canParse(url)) throw usage(`--prometheus: "${url}" is no URL`);
  const http = createHttpClient({ timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES });
  return { source: createPrometheus({ url, http, clock: systemClock }), close: () => http.close() };
}

/** Redraws one line, at most once for each percent. */
function progressOn(stream: NodeJS.WriteStream): (share: number) => void {
  let shown = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent === shown) return;
    shown = percent;
    stream.write(percent >= 100 ? '\r\u001b[K' : `\rreplayed ${percent} %`);
  };
}

function usage(message: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, {
    hint: 'for example: replay rules/slow-api.yml --from=7d',
  });
}
