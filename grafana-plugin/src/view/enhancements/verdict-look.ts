import { type GrafanaTheme2 } from '@grafana/data';
import { type Verdict } from '../../model/verdict';

interface VerdictStyle {
  /** A glyph that tells verdicts apart without colour. */
  glyph: string;
  word: string;
  color: (theme: GrafanaTheme2) => string;
}

export const VERDICT_LOOK: Readonly<Record<Verdict, VerdictStyle>> = {
  improved: { glyph: '▲', word: 'improved', color: ({ colors }) => colors.success.text },
  worsened: { glyph: '▼', word: 'worsened', color: ({ colors }) => colors.error.text },
  no_effect: { glyph: '=', word: 'no effect', color: ({ colors }) => colors.text.secondary },
  inconclusive: { glyph: '?', word: 'inconclusive', color: ({ colors }) => colors.text.secondary },
  failed: { glyph: '✕', word: 'failed', color: ({ colors }) => colors.warning.text },
  nothing_to_do: { glyph: '·', word: 'nothing to do', color: ({ colors }) => colors.text.secondary },
  open: { glyph: '…', word: 'under way', color: ({ colors }) => colors.info.text },
};

/** `inconclusive (not measured)` */
export function verdictText(verdict: Verdict, reason: string | undefined): string {
  const { word } = VERDICT_LOOK[verdict];
  const why = reason?.replaceAll('_', ' ');
  return why === undefined || why === word ? word : `${word} (${why})`;
}
