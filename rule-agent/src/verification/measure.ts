import { isMessage } from '../actions/index.ts';
import type { Decided } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import type { KeptControl, OpenEpisode } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { METHOD, judge } from './judge.ts';
import { replayRule, type RuleInThePast } from './past-firings.ts';
import { factPastQuery, type ReadRange, readPast, signalPastQuery } from './past-query.ts';
import { pastRange, pointMsFor } from './past-range.ts';
import type { InconclusiveReason, PointRange, Question } from './question.ts';
import type { SignalHistory } from './signal-history.ts';
import { concerns, type Touch } from './touches.ts';

/** What an episode is measured with. */
export interface Measuring {
  /** The rule that decided it, as it is in force; undefined when there is none of that name any more. */
  rule: Rule | undefined;
  read: ReadRange;
  /** The actions of the last weeks, this one among them. */
  touches: readonly Touch[];
  /** Firings of the rule that were left alone. */
  controls: readonly KeptControl[];
}

/** A verdict with its figures, or why the past could not be read this time. */
export type Measured = { ok: true; judgement: Judgement; because?: string } | { ok: false; because: string };

/** An episode with its times: of one that was left alone those that it would have had. */
export type Watched = Pick<OpenEpisode, 'decided' | 'startedAtMs' | 'settlesAtMs' | 'measuredAtMs'>;

/** Measures what an action did to the signal that it was to move. The end of its window has to have passed. */
export async function measure(episode: Watched, measuring: Measuring): Promise<Measured> {
  const { decided, startedAtMs, settlesAtMs, measuredAtMs } = episode;
  const { target, expect } = decided;
  const { windowMs } = expect;
  if (isMessage(decided.action)) return nothing('not_measured', 'a message moves no signal');
  if (windowMs === 0) return nothing('not_measured', 'the rule has no expect.window to measure over');
  if (startedAtMs === undefined || settlesAtMs === undefined || measuredAtMs === undefined) {
    return nothing('not_measured', 'it is not known when it was sent');
  }
  const rival = rivalIn(measuring.touches, decided, { fromMs: startedAtMs, toMs: measuredAtMs });
  if (rival !== undefined) return nothing('confounded', `${rival.rule} acted on the same at the same time`);
  const pointMs = pointMsFor(windowMs);
  const range = pastRange({ beforeMs: startedAtMs, toMs: measuredAtMs, pointMs });
  const past = await readPast(
    measuring.read,
    { promql: signalPastQuery(expect.signal, target), target },
    range,
  );
  if (past.kind === 'failed') return { ok: false, because: past.because };
  if (past.kind === 'absent') return nothing('missing_data', past.because);
  const facts = await readFacts({ ...measuring, target, range });
  if (!facts.ok) return facts;
  const skipped = countMissingAtStart(past.series.values);
  const signal = without(past.series, skipped);
  const points = toPoints(signal, { startedAtMs, settlesAtMs, measuredAtMs });
  const columns = new Map([...facts.columns].map(([name, column]) => [name, column.subarray(skipped)]));
  const rule = ruleInThePast(measuring.rule, { ...signal, columns, like: points.before });
  return { ok: true, judgement: judge(questionFor(decided, { ...points, rule, signal, measuring })) };
}

/** A signal that has been recorded since yesterday only has no longer a past than that. */
function countMissingAtStart(values: Float64Array): number {
  const first = values.findIndex((value) => !Number.isNaN(value));
  return first === -1 ? values.length : first;
}

function without({ firstMs, pointMs, values }: SignalHistory, points: number): SignalHistory {
  return { firstMs: firstMs + points * pointMs, pointMs, values: values.subarray(points) };
}

function nothing(reason: InconclusiveReason, because: string): Measured {
  return { ok: true, judgement: { verdict: `inconclusive:${reason}`, method: METHOD }, because };
}

/** Another action on the same in the same time, or one whose effect was still coming. */
function rivalIn(
  touches: readonly Touch[],
  decided: Decided,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Decided | undefined {
  return touches.find(
    (touch) =>
      touch.decided.episode !== decided.episode &&
      touch.fromMs <= toMs &&
      touch.toMs > fromMs &&
      concerns(touch.decided, decided),
  )?.decided;
}

interface FactReading extends Pick<Measuring, 'rule' | 'read'> {
  target: Decided['target'];
  range: Parameters<ReadRange>[1];
}

type Columns = ReadonlyMap<string, Float64Array>;

/** The facts that the rule is judged by, over the same points. */
async function readFacts({
  rule,
  read,
  target,
  range,
}: FactReading): Promise<{ ok: true; columns: Columns } | { ok: false; because: string }> {
  const columns = new Map<string, Float64Array>();
  for (const [name, spec] of Object.entries(rule?.facts ?? {})) {
    const past = await readPast(read, { promql: factPastQuery(spec, target), target }, range);
    if (past.kind === 'failed') return { ok: false, because: past.because };
    if (past.kind === 'read') columns.set(name, past.series.values);
  }
  return { ok: true, columns };
}

/** Of a fact without a past nothing is known, and a rule that is gone cannot be asked: neither fires in the past. */
function ruleInThePast(
  rule: Rule | undefined,
  { pointMs, values, columns, like }: SignalHistory & { columns: Columns; like: number },
): RuleInThePast {
  if (rule === undefined) return { firings: () => [], hasThreshold: false };
  return replayRule(rule, { pointMs, points: values.length, values: columns }, like);
}

interface Points {
  before: number;
  settlePoints: number;
  windowPoints: number;
}

/** The moments of an episode as points of its signal. */
function toPoints(
  { firstMs, pointMs }: SignalHistory,
  {
    startedAtMs,
    settlesAtMs,
    measuredAtMs,
  }: { startedAtMs: number; settlesAtMs: number; measuredAtMs: number },
): Points {
  const before = Math.floor((startedAtMs - firstMs) / pointMs);
  const settled = Math.max(before, Math.ceil((settlesAtMs - firstMs) / pointMs) - 1);
  const last = Math.floor((measuredAtMs - firstMs) / pointMs);
  return { before, settlePoints: settled - before, windowPoints: Math.max(1, last - settled) };
}

interface Asked extends Points {
  signal: SignalHistory;
  rule: RuleInThePast;
  measuring: Measuring;
}

function questionFor(decided: Decided, { signal, rule, measuring, ...points }: Asked): Question {
  const { direction } = decided.expect;
  const holding = measuring.rule?.holding;
  const steadyMs = holding !== undefined && 'steadyMs' in holding ? holding.steadyMs : 0;
  return {
    ...{ signal, ...points, ...rule, direction },
    levelPoints: Math.max(1, Math.round(steadyMs / signal.pointMs)),
    // Of its own target those are replayed that are not too old for that.
    controls: measuring.controls.filter(
      ({ targetKey, atMs }) => targetKey !== decided.targetKey || atMs < signal.firstMs,
    ),
    touched: measuring.touches
      .filter((touch) => touch.decided.episode !== decided.episode && concerns(touch.decided, decided))
      .map((touch) => toPointRange(touch, signal)),
  };
}

function toPointRange({ fromMs, toMs }: Touch, { firstMs, pointMs, values }: SignalHistory): PointRange {
  const from = Math.floor((fromMs - firstMs) / pointMs);
  return { from, to: Math.min(Math.ceil((toMs - firstMs) / pointMs), values.length) };
}
