import { join } from 'node:path';
import type { SignalsFile } from './signals-file.ts';
import { loadSignalsFile } from './signals-file.ts';
import { loadWatchersFile, type TestedWatcher } from './watchers-file.ts';

/** All that a person writes and everything else is generated from. */
export interface Sources {
  signals: SignalsFile;
  watchers: readonly TestedWatcher[];
}

/** Reads signals.yml and watchers.yml; what is wrong with either comes back rendered. */
export function loadSources(directory: string): { ok: true; sources: Sources } | { ok: false; text: string } {
  const signals = loadSignalsFile(join(directory, 'signals.yml'));
  const watchers = loadWatchersFile(join(directory, 'watchers.yml'));
  if (signals.ok && watchers.ok) {
    return { ok: true, sources: { signals: signals.config, watchers: watchers.config.watchers } };
  }
  return { ok: false, text: [signals, watchers].flatMap((one) => (one.ok ? [] : [one.text])).join('\n') };
}
