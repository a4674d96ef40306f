import { EvenkeelError, TaskThread } from '@evenkeel/toolkit';
import { type LoadedRules, readRules } from './load-rules.ts';
import { offersAlone, type Offers } from './offers.ts';
import type { RuleText } from './reader-thread.ts';

/** Reads rules that come from outside, which nobody has looked at yet. */
export interface RuleReader {
  /**
   * Reads a text beside the agent: whatever it costs, no cycle waits for it.
   *
   * @throws EvenkeelError RULES_CHECK_BUSY, RULES_TOO_COSTLY
   */
  read: (text: RuleText) => Promise<LoadedRules>;
  /** Reads a text that was found to be right before; at once, and only where it was not read a moment ago. */
  readKnown: (text: RuleText) => LoadedRules;
  stop: () => Promise<void>;
}

/** A rule of a few kB takes some milliseconds; with the start of the thread the answer comes within a second. */
const DEADLINE_MS = 600;
/** Each may take its time in full. */
const MOST_WAITING = 8;
const MEMORY_MB = 96;
const IDLE_MS = 60_000;
/** Right texts that are remembered until they are in force. */
const REMEMBERED = 8;

/** @param systems what the actions of rules may name */
export function createRuleReader(systems: Offers): RuleReader {
  const thread = new TaskThread<RuleText, LoadedRules>({
    script: new URL('reader-thread.ts', import.meta.url),
    // Not the systems themselves: they have secrets.
    data: offersAlone(systems),
    ...{ deadlineMs: DEADLINE_MS, maxWaiting: MOST_WAITING, memoryMb: MEMORY_MB, idleMs: IDLE_MS },
  });
  const recent = new Map<string, LoadedRules>();
  const inForce = new Map<string, { text: string; loaded: LoadedRules }>();
  return {
    async read(given) {
      const outcome = await thread.run(given);
      if (outcome.kind === 'busy') throw busy();
      if (outcome.kind !== 'finished') throw tooCostly();
      const { result: loaded } = outcome;
      if (loaded.ok) remember(recent, given.text, loaded);
      return loaded;
    },
    readKnown({ file, text }) {
      const before = inForce.get(file);
      if (before?.text === text) return before.loaded;
      const loaded = named(recent.get(text), file) ?? readRules(file, text, { systems, env: {} });
      inForce.set(file, { text, loaded });
      return loaded;
    },
    stop: () => thread.stop(),
  };
}

/** The oldest makes room. */
function remember(recent: Map<string, LoadedRules>, text: string, loaded: LoadedRules): void {
  recent.delete(text);
  recent.set(text, loaded);
  for (const oldest of recent.keys()) {
    if (recent.size <= REMEMBERED) return;
    recent.delete(oldest);
  }
}

function named(loaded: LoadedRules | undefined, file: string): LoadedRules | undefined {
  if (loaded?.ok !== true) return undefined;
  return {
    ...loaded,
    rules: loaded.rules.map((rule) => ({ ...rule, file })),
    signals: loaded.signals.map((one) => ({ ...one, place: { ...one.place, file } })),
    texts: new Map([...loaded.texts.values()].map((text) => [file, text])),
  };
}

function busy(): EvenkeelError {
  return new EvenkeelError('RULES_CHECK_BUSY', 'too many rules are being checked at the moment', {
    hint: 'try again in a second',
  });
}

function tooCostly(): EvenkeelError {
  return new EvenkeelError('RULES_TOO_COSTLY', `reading these rules takes longer than ${DEADLINE_MS} ms`, {
    hint: 'write shorter rules; on a machine that is very busy, try again',
  });
}
