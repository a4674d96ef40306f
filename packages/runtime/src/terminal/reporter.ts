import { renderError } from '@evenkeel/toolkit';

/** What the person who typed `npm start` sees. */
export interface Reporter {
  say: (text: string) => void;
  /** A step that takes time: its name at once, how long it took when it is done. */
  step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  fail: (error: unknown) => void;
}

export interface Terminal {
  write(text: string): unknown;
  isTTY?: boolean;
}

const SLOW_STEP_MS = 5_000;

/** A line for each step; on a terminal a step that takes long says that it is still at it. */
export function createReporter(terminal: Terminal): Reporter {
  return {
    say: (text) => void terminal.write(`${text}\n`),
    fail: (error) => void terminal.write(`${renderError(error)}\n`),
    async step(name, work) {
      const startedMs = Date.now();
      const elapsed = () => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
      const slow = setInterval(() => terminal.write(`  ... ${name}: ${elapsed()}\n`), SLOW_STEP_MS);
      try {
        const result = await work();
        terminal.write(`  ${name.padEnd(16)} up after ${elapsed()}\n`);
        return result;
      } finally {
        clearInterval(slow);
      }
    },
  };
}
