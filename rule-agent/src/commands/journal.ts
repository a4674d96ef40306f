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
import {
  type ChainCheck,
  copySqliteJournal,
  type JournalReader,
  readSqliteJournal,
} from '../journal/index.ts';
import type { AgentConfig } from '../config/index.ts';
import type { AgentFlags } from './command-line.ts';
import { requireConfig } from './load.ts';
import { openConfiguredJournal } from './open-journal.ts';

/**
 * Reads the journal that a configuration names, whether an agent runs on it or not.
 *
 * @throws EvenkeelError JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export async function withJournal<Result>(
  config: AgentConfig,
  work: (journal: JournalReader) => Promise<Result>,
): Promise<Result> {
  const journal = await readConfiguredJournal(config);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

async function readConfiguredJournal(config: AgentConfig): Promise<JournalReader> {
  const { path } = config.journal;
  if (path === undefined) {
    return (
      await openConfiguredJournal(config, { clock: systemClock, logger: silentLogger(), mustExist: true })
    ).journal;
  }
  if (existsSync(path)) return readSqliteJournal(path);
  throw new EvenkeelError('JOURNAL_UNREADABLE', `there is no journal ${path}`);
}

/** Recomputes the hash chain; `text` says what was found. */
export async function verifyJournal(journal: JournalReader): Promise<{ text: string; intact: boolean }> {
  const check = await journal.verifyChain();
  const snapshot = await journal.snapshot();
  const from = snapshot === undefined ? 'none' : `row ${snapshot.seq}, hash ${snapshot.headHash}`;
  return { text: `${describeCheck(check)}snapshot: ${from}\n`, intact: check.intact };
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
  journal: JournalReader,
  { fromMs, toMs }: Span,
  write: (line: string) => Promise<void>,
): Promise<void> {
  for await (const { seq, hash, event } of journal.replay(0)) {
    if (event.at >= fromMs && event.at < toMs) await write(`${JSON.stringify({ seq, hash, ...event })}\n`);
  }
}

/** Copies the journal's file, whether an agent writes it or not. @throws EvenkeelError COMMAND_LINE_INVALID */
async function backUp({ journal: { path } }: AgentConfig, file: string | undefined): Promise<string> {
  if (path === undefined) throw refused('the journal is in PostgreSQL', 'back it up with pg_dump');
  if (file === undefined) throw refused('journal backup needs the name of a file that is not there yet');
  if (existsSync(file)) throw refused(`${file} is there already`, 'a backup never writes over a file');
  copySqliteJournal(path, file);
  const copy = readSqliteJournal(file);
  const check = await copy.verifyChain().finally(() => copy.close());
  return check.intact ? `${file}: ${check.rows} rows\n` : `${file}: ${describeCheck(check)}`;
}

function refused(message: string, hint?: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, hint === undefined ? {} : { hint });
}

/** `journal verify`, `journal export` and `journal backup`; returns the exit code. */
export async function runJournalCommand(
  [action, file]: readonly string[],
  flags: AgentFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (action === 'backup') {
    await writeOut(await backUp(requireConfig(flags['config.file'], env), file));
    return EXIT_OK;
  }
  if (action !== 'verify' && action !== 'export') {
    throw new EvenkeelError('COMMAND_LINE_INVALID', `journal ${action ?? ''} is no command`, {
      hint: 'expected journal verify, journal export or journal backup FILE',
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
