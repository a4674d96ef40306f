import { type Field } from '@grafana/data';
import { type Loss } from '../../model/losses';
import { type DomainScore, type ScoreModel, type ScoreState } from '../../model/score';
import { type SignalBook, titleOf } from '../../model/signals';
import { type WhatIf } from '../../model/what-if';
import { displayOf, points, scoreDisplayOf, shortTextOf, type Surroundings, textOf } from '../format';
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

/** Reads many scores: a colour is made legible once, which takes longer than all the rest of a score. */
export function scoreReader(surroundings: Surroundings): ScoreReader {
  const shades = new Map<string, string>();
  const shadeOf = (color: string) => {
    const shade = shades.get(color) ?? legible(color, surroundings.theme);
    shades.set(color, shade);
    return shade;
  };
  return (state, field) => readScoreText(state, field, { surroundings, shadeOf });
}

export function scoreText(state: ScoreState, field: Field | undefined, surroundings: Surroundings): ScoreText {
  return scoreReader(surroundings)(state, field);
}

interface Reading {
  surroundings: Surroundings;
  shadeOf: (color: string) => string;
}

function readScoreText(state: ScoreState, field: Field | undefined, { surroundings, shadeOf }: Reading): ScoreText {
  const { text: colors } = surroundings.theme.colors;
  if (state.status === 'missing') {
    return { text: '–', color: colors.secondary, textColor: colors.secondary, words: 'no data' };
  }
  const display = scoreDisplayOf(field ?? PLAIN, surroundings);
  if (state.status === 'withheld') {
    const [low, high] = state.interval.map((end) => textOf(display(end)));
    return {
      text: `${low}–${high}`,
      color: colors.secondary,
      textColor: colors.secondary,
      words: `withheld, between ${low} and ${high}`,
    };
  }
  const shown = display(state.score);
  const color = shown.color ?? colors.primary;
  return { text: textOf(shown), color, textColor: shadeOf(color), words: textOf(shown) };
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
export function whatIfText(whatIf: WhatIf, surroundings: Surroundings): string {
  const display = displayOf(whatIf.series.field, surroundings, whatIf.series.labels.unit);
  return `${textOf(display(whatIf.from))} → ${shortTextOf(display(whatIf.to))} gives back ${points(whatIf.points)}`;
}

const PLAIN: Field = { name: 'score', type: 'number', config: {}, values: [] } as unknown as Field;
