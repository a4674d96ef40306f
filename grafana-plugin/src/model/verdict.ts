import { readVerdict, type Schema } from '@evenkeel/agent-api';

/** What came of an episode: the agent's verdict, or how it ended without one. */
export const VERDICTS = [
  'improved',
  'no_effect',
  'inconclusive',
  'worsened',
  'failed',
  'nothing_to_do',
  'open',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  verdict: Verdict;
  /** Why it is inconclusive, or what failed. */
  reason: string | undefined;
}

/** What an action that has no verdict came to; one that was applied will have one. */
const ENDED: Readonly<Record<Schema<'Outcome'>, Verdict>> = {
  applied: 'open',
  failed: 'failed',
  unclear: 'failed',
  halted: 'failed',
  abandoned: 'failed',
  nothing_to_do: 'nothing_to_do',
};

/** From the agent's words: the verdict if there is one, else how the action ended, else it is still open. */
export function judgementOf(verdict: string | undefined, outcome: string | undefined): Judgement {
  const read = verdict === undefined ? undefined : readVerdict(verdict);
  if (read !== undefined) {
    // It made no difference that lasted.
    if (read.word === 'improved_but_faded') {
      return { verdict: 'no_effect', reason: read.word };
    }
    return { verdict: read.word, reason: read.reason };
  }
  const ended = isOutcome(outcome) ? ENDED[outcome] : 'open';
  return { verdict: ended, reason: ended === 'open' ? undefined : outcome };
}

function isOutcome(text: string | undefined): text is Schema<'Outcome'> {
  return text !== undefined && Object.hasOwn(ENDED, text);
}
