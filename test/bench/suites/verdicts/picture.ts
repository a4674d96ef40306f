import { judge } from '../../../../rule-agent/src/verification/index.ts';
import { crossings, drawFirings, type Firing, questionOf, SETTLE } from './firings.ts';

const WINDOW = 30;
const BEFORE = 60;
const MOST_OTHERS = 40;
const EFFECT_SIGMAS = 2;
const [WIDTH, HEIGHT, MARGIN, TOP] = [820, 320, 48, 34];

const COLOURS = { other: '#8a8f98', own: '#1f60c4', expected: '#c4162a', text: '#24292e', window: '#eef2f9' };

/** One verdict as a picture: an action on a simulated signal, and what followed past firings that were left alone. */
export function drawVerdict(): string {
  const scene = firstImproved();
  const plot = new Plot([...scene.others, scene.seen].flatMap((values) => [...values]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...lines(scene, plot),
    ...labels(scene, plot),
    '</svg>',
    '',
  ].join('\n');
}

interface Scene {
  judgement: ReturnType<typeof judge>;
  seen: Float64Array;
  others: readonly Float64Array[];
}

function lines({ judgement, seen, others }: Scene, plot: Plot): string[] {
  const { observed = 0, counterfactual = 0, low = 0, high = 0 } = judgement;
  const window = { from: SETTLE, to: SETTLE + WINDOW };
  const action = `x1="${plot.x(0)}" x2="${plot.x(0)}" y1="${TOP}" y2="${HEIGHT - MARGIN}"`;
  return [
    plot.box({ ...window, low: -Infinity, high: Infinity }, COLOURS.window, 1),
    ...others.map((values) => plot.line(values, COLOURS.other, { width: 0.7, opacity: 0.35 })),
    plot.line(seen, COLOURS.own, { width: 2, opacity: 1 }),
    plot.box({ ...window, low: observed + low, high: observed + high }, COLOURS.expected, 0.15),
    plot.level(counterfactual, COLOURS.expected),
    plot.level(observed, COLOURS.own),
    `<line ${action} stroke="${COLOURS.text}" stroke-dasharray="4 3"/>`,
  ];
}

function labels({ judgement, others }: Scene, plot: Plot): string[] {
  const { observed = 0, counterfactual = 0, low = 0, high = 0, effect = 0 } = judgement;
  const [middle, right] = [plot.x(SETTLE + WINDOW / 2), plot.x(SETTLE + WINDOW) + 6];
  const figures = `effect ${effect.toFixed(1)}, 90 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`;
  return [
    text({ x: plot.x(0), y: TOP - 8, anchor: 'middle' }, 'the action'),
    text({ x: middle, y: HEIGHT - MARGIN + 30, anchor: 'middle' }, 'measured window'),
    ...[-60, -30, 0, 30].map((minute) =>
      text({ x: plot.x(minute), y: HEIGHT - MARGIN + 15, anchor: 'middle' }, `${minute} min`),
    ),
    text({ x: MARGIN, y: TOP - 8, colour: COLOURS.other }, `grey: ${others.length} firings left alone`),
    text({ x: WIDTH - 8, y: TOP - 8, anchor: 'end' }, figures),
    text({ x: right, y: plot.y(counterfactual) + 4, colour: COLOURS.expected }, 'expected'),
    text({ x: right, y: plot.y(observed) + 4, colour: COLOURS.own }, 'seen'),
  ];
}

function firstImproved(): Scene {
  const cell = { noise: 'incidents', share: 0.97, window: WINDOW, days: 14 };
  for (const firing of drawFirings(cell, 100)) {
    const question = questionOf(firing, WINDOW, EFFECT_SIGMAS * firing.sigma);
    const judgement = judge(question);
    if (judgement.verdict !== 'improved') continue;
    const seen = around(Float64Array.from(question.signal.values), firing.before);
    return { judgement, seen, others: othersOf(firing) };
  }
  throw new Error('none of 100 firings was called improved');
}

/** Windows do not overlap. */
function othersOf({ values, before, threshold }: Firing): Float64Array[] {
  return crossings(values.subarray(0, before - WINDOW), threshold)
    .filter((at, index, all) => at > BEFORE && at - (all[index - 1] ?? 0) > WINDOW)
    .slice(-MOST_OTHERS)
    .map((at) => around(values, at));
}

function around(values: Float64Array, at: number): Float64Array {
  return values.slice(at - BEFORE, at + SETTLE + WINDOW + 1);
}

interface Box {
  from: number;
  to: number;
  low: number;
  high: number;
}

/** Minutes and values as places on the picture. */
class Plot {
  readonly #low: number;
  readonly #high: number;

  constructor(values: readonly number[]) {
    this.#low = Math.min(...values);
    this.#high = Math.max(...values);
  }

  x(minute: number): number {
    return round(MARGIN + ((minute + BEFORE) / (BEFORE + SETTLE + WINDOW)) * (WIDTH - 2.6 * MARGIN));
  }

  y(value: number): number {
    const within = Math.min(Math.max(value, this.#low), this.#high);
    return round(TOP + ((this.#high - within) / (this.#high - this.#low)) * (HEIGHT - TOP - MARGIN));
  }

  line(values: Float64Array, colour: string, { width, opacity }: { width: number; opacity: number }): string {
    const points = [...values].map((value, at) => `${this.x(at - BEFORE)},${this.y(value)}`).join(' ');
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${width}" opacity="${opacity}"/>`;
  }

  box({ from, to, low, high }: Box, colour: string, opacity: number): string {
    const [left, top] = [this.x(from), this.y(high)];
    const size = `width="${round(this.x(to) - left)}" height="${round(this.y(low) - top)}"`;
    return `<rect x="${left}" y="${top}" ${size} fill="${colour}" opacity="${opacity}"/>`;
  }

  level(value: number, colour: string): string {
    const [from, to, y] = [this.x(SETTLE), this.x(SETTLE + WINDOW), this.y(value)];
    return `<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"/>`;
  }
}

interface Place {
  x: number;
  y: number;
  anchor?: string;
  colour?: string;
}

function text({ x, y, anchor = 'start', colour = COLOURS.text }: Place, words: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
