import { type Field, type GrafanaTheme2 } from '@grafana/data';
import { type Loss } from '../../model/losses';
import { type DomainScore, type ScoreModel, type ScoreState } from '../../model/score';
import { type SignalBook, titleOf } from '../../model/signals';
import { type WhatIf } from '../../model/what-if';
import {
  type Display,
  displayOf,
  points,
  scoreDisplayOf,
  shortTextOf,
  showAlike,
  type DisplayContext,
  textOf,
} from '../format';
import { legible } from '../legible';

/** Text and colour of a score. Only a score that is known has a colour of good or bad. */
export interface ScoreText {
  text: string;
  /** Of bars and lines. */
  color: string;
  /** The same colour, or a shade of it that can be read. */
  textColor: string;
  /** The same for a screen reader and a table, in words. */
  words: string;
}

export type ScoreReader = (state: ScoreState, field: Field | undefined) => ScoreText;

/** Reads many scores: what they have in common, the format and the shades of its colours, is made once. */
export function scoreReader(context: DisplayContext): ScoreReader {
  const shades = new Map<string, string>();
  let [shown, display] = [PLAIN, scoreDisplayOf(PLAIN, context)];
  return (state, field = PLAIN) => {
    if (!showAlike(field, shown)) {
      [shown, display] = [field, scoreDisplayOf(field, context)];
    }
    const score = readScoreText(state, display, context.theme);
    const textColor = shades.get(score.color) ?? legible(score.color, context.theme);
    shades.set(score.color, textColor);
    return { ...score, textColor };
  };
}

export function scoreText(state: ScoreState, field: Field | undefined, context: DisplayContext): ScoreText {
  return scoreReader(context)(state, field);
}

function readScoreText(state: ScoreState, display: Display, { colors }: GrafanaTheme2): Omit<ScoreText, 'textColor'> {
  if (state.status === 'scored') {
    const shown = display(state.score);
    const text = textOf(shown);
    return { text, words: text, color: shown.color ?? colors.text.primary };
  }
  const color = colors.text.secondary;
  if (state.status === 'missing') {
    return { text: '–', words: 'no data', color };
  }
  const [low, high] = state.interval.map((end) => textOf(display(end)));
  return { text: `${low}–${high}`, words: `withheld, between ${low} and ${high}`, color };
}

/** The field whose configuration colours the scores: the total's, or else any domain's. */
export function scoreField({ series, domains }: ScoreModel): Field | undefined {
  return series?.field ?? domains.find((domain) => domain.series !== undefined)?.series?.field;
}

export function domainTitle({ name }: Pick<DomainScore, 'name'>): string {
  return name === 'api' ? 'API' : titleOf(name);
}

export function lossTitle({ kind, signal, domain }: Loss, book: SignalBook): string {
  const title = signal === undefined ? undefined : book(signal).title;
  if (kind === 'signal') {
    return title ?? domain;
  }
  const because = kind === 'critical' ? 'Worst critical signal' : 'Capped by a critical signal';
  return title === undefined ? because : `${because}: ${title}`;
}

/** `900 ms → 500 ms gives back 8.0` */
export function whatIfText(whatIf: WhatIf, context: DisplayContext): string {
  const display = displayOf(whatIf.series.field, context, whatIf.series.labels.unit);
  return `${textOf(display(whatIf.from))} → ${shortTextOf(display(whatIf.to))} gives back ${points(whatIf.points)}`;
}

const PLAIN: Field = { name: 'score', type: 'number', config: {}, values: [] } as unknown as Field;
