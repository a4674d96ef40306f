import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { hash } from 'node:crypto';
import type { Anchor } from '../anchor.ts';

/** Two lines of this length, written in turn. */
const LINE_BYTES = 256;

/**
 * Notes the last row of a journal in a small file beside it. It is written after the row is durable, so that it never knows more than the
 * journal has; of its two lines one is always whole, so that a crash in between costs a row of knowledge and nothing else.
 */
export function writeAnchor(file: string, anchor: Anchor): void {
  writeLines(file, anchor, [anchor.seq % 2]);
}

/** The same for an anchor that may be lower than the one before it. */
export function resetAnchor(file: string, anchor: Anchor): void {
  writeLines(file, anchor, [0, 1]);
}

function writeLines(file: string, { seq, hash: rowHash }: Anchor, lines: readonly number[]): void {
  const text = JSON.stringify({ seq, hash: rowHash, check: checkOf({ seq, hash: rowHash }) });
  const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    for (const line of lines) writeSync(descriptor, `${text.padEnd(LINE_BYTES - 1)}\n`, line * LINE_BYTES);
  } finally {
    closeSync(descriptor);
  }
}

/** What is noted; nothing when there is no such file, or when nothing in it is whole. */
export function readAnchor(file: string): Anchor | undefined {
  const lines = readIfThere(file).replaceAll('\0', '').split('\n');
  const anchors = lines.flatMap((line) => parse(line) ?? []);
  return anchors.sort((a, b) => b.seq - a.seq)[0];
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parse(line: string): Anchor | undefined {
  try {
    const { check, ...anchor } = JSON.parse(line) as Anchor & { check: string };
    return check === checkOf(anchor) ? anchor : undefined;
  } catch {
    return undefined;
  }
}

function checkOf({ seq, hash: rowHash }: Anchor): string {
  return hash('sha256', `${seq} ${rowHash}`).slice(0, 16);
}
