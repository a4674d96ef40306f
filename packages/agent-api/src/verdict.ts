/** The words of a verdict. After `inconclusive` come a colon and the reason. */
export const VERDICTS = ['improved', 'improved_but_faded', 'worsened', 'no_effect', 'inconclusive'] as const;

export type VerdictWord = (typeof VERDICTS)[number];

/** `inconclusive:not_measured` in its two halves; undefined for what is no verdict. */
export function readVerdict(text: string): { word: VerdictWord; reason: string | undefined } | undefined {
  const colon = text.indexOf(':');
  const word = VERDICTS.find((each) => each === (colon === -1 ? text : text.slice(0, colon)));
  return word && { word, reason: colon === -1 ? undefined : text.slice(colon + 1) };
}
