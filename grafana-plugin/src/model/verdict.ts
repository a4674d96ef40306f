/** What came of an episode; the reasons after the colon of `inconclusive:<reason>` are kept apart. */
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

const OUTCOMES: Readonly<Record<string, Verdict>> = {
  failed: 'failed',
  unclear: 'failed',
  halted: 'failed',
  abandoned: 'failed',
  nothing_to_do: 'nothing_to_do',
};

/** From the agent's words: the verdict if there is one, else how the action ended, else it is still open. */
export function judgementOf(verdict: string | undefined, outcome: string | undefined): Judgement {
  const [word, reason] = splitOnce(verdict);
  if (word === 'improved' || word === 'worsened' || word === 'no_effect' || word === 'inconclusive') {
    return { verdict: word, reason };
  }
  const ended = outcome === undefined ? undefined : OUTCOMES[outcome];
  return ended === undefined ? { verdict: 'open', reason: undefined } : { verdict: ended, reason: outcome };
}

function splitOnce(text: string | undefined): [string | undefined, string | undefined] {
  const at = text?.indexOf(':') ?? -1;
  return at === -1 ? [text, undefined] : [text!.slice(0, at), text!.slice(at + 1)];
}
