import type { Options, Values } from '@evenkeel/toolkit';

/** One of the demo's programs. */
export interface Command<O extends Options> {
  /** What it does, without a full stop. */
  summary: string;
  options: O;
  /** @returns the exit code */
  run(values: Values<O>, env: Readonly<Record<string, string | undefined>>): Promise<number>;
}
