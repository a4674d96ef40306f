import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  EvenkeelError,
  EXIT_FAILED,
  EXIT_OK,
  parseDuration,
  silentLogger,
  systemClock,
} from '@evenkeel/toolkit';
import type { ChainCheck, Journal } from '../journal/index.ts';
import type { AgentConfig } from '../config/index.ts';
import type { AgentFlags } from './command-line.ts';
import { requireConfig } from './load.ts';
import { openConfiguredJournal } from './open-journal.ts';

/** Works with the journal that a configuration names, without leading. @throws EvenkeelError as `openConfiguredJournal` does */
export async function withJournal<Result>(
  config: AgentConfig,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const { path } = config.journal;
  if (path !== undefined && !existsSync(path)) {
    throw new EvenkeelError('JOURNAL_UNREADABLE', `there is no journal ${path}`);
  }
  const { journal } = await openConfiguredJournal(config, { clock: systemClock, logger: silentLogger() });
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

/** Recomputes the hash chain; `text` says what was found. */
export async function verifyJournal(journal: Journal): Promise<{ text: string; intact: boolean }> {
  const check = await journal.verifyChain();
  const anchor = await journal.anchor();
  const from = anchor === undefined ? 'none' : `row ${anchor.seq}, hash ${anchor.headHash}`;
  return { text: `${describeCheck(check)}anchor: ${from}\n`, intact: check.intact };
}

function describeCheck(check: ChainCheck): string {
  if (!check.intact) return `BROKEN at row ${check.brokenAtSeq}: ${check.because}\n`;
  return `intact\nrows:   ${check.rows}\nhead:   ${check.headHash}\n`;
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * Reads `--from` and `--to`: a time such as 2026-11-24T10:00:00Z, or a duration such as 1h, which is so long ago.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID
 */
export function readSpan(from: string | undefined, to: string | undefined, nowMs: number): Span {
  return {
    fromMs: from === undefined ? 0 : readTime('from', from, nowMs),
    toMs: to === undefined ? Infinity : readTime('to', to, nowMs),
  };
}

function readTime(flag: string, text: string, nowMs: number): number {
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))) return Date.parse(text);
  try {
    return nowMs - parseDuration(text);
  } catch (cause) {
    throw new EvenkeelError('COMMAND_LINE_INVALID', `--${flag} is "${text}"`, {
      cause,
      hint: 'expected a time such as 2026-11-24T10:00:00Z, or how long ago, such as 1h',
    });
  }
}

/** Writes the rows of a span of time, from its start on and before its end, as JSON, one a line. */
export async function exportJournal(
  journal: Journal,
  { fromMs, toMs }: Span,
  write: (line: string) => Promise<void>,
): Promise<void> {
  for await (const { seq, hash, event } of journal.replay(0)) {
    if (event.at >= fromMs && event.at < toMs) await write(`${JSON.stringify({ seq, hash, ...event })}\n`);
  }
}

/** `journal verify` and `journal export`; returns the exit code. */
export async function runJournalCommand(
  [action]: readonly string[],
  flags: AgentFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (action !== 'verify' && action !== 'export') {
    throw new EvenkeelError('COMMAND_LINE_INVALID', `journal ${action ?? ''} is no command`, {
      hint: 'expected journal verify or journal export',
    });
  }
  const span = readSpan(flags.from, flags.to, Date.now());
  return withJournal(requireConfig(flags['config.file'], env), async (journal) => {
    if (action === 'export') {
      await exportJournal(journal, span, writeOut);
      return EXIT_OK;
    }
    const { text, intact } = await verifyJournal(journal);
    await writeOut(text);
    return intact ? EXIT_OK : EXIT_FAILED;
  });
}

/** Waits when whoever reads is slower. */
async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
