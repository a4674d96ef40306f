import { isRange, type Limit, type Signal } from '@evenkeel/signals';
import type { ConfigDocument, Diagnostic } from '@evenkeel/toolkit';

/** What is wrong with a well-formed signal, and at which of its keys. */
interface Objection {
  key: readonly string[];
  code: string;
  message: string;
  hint: string;
}

/** What the schema cannot say of signals: names that are taken, limits of the wrong form or in the wrong order. */
export function checkSignals(signals: readonly Signal[], document: ConfigDocument): Diagnostic[] {
  return signals.flatMap((signal, index) =>
    [
      ...duplicate(signals, index),
      ...query(signal),
      ...limits(signal),
      ...anchors(signal),
      ...prediction(signal, signals),
    ].map(({ key, ...finding }) => document.atValue(['signals', index, ...key], finding)),
  );
}

function duplicate(signals: readonly Signal[], index: number): Objection[] {
  const name = signals[index]?.name ?? '';
  if (signals.findIndex((signal) => signal.name === name) === index) return [];
  return [
    {
      key: ['name'],
      code: 'SIGNAL_DUPLICATE',
      message: `signal ${name} is defined twice`,
      hint: 'give each signal a name of its own',
    },
  ];
}

function query({ name, promql, ratio }: Signal): Objection[] {
  if ((promql === undefined) !== (ratio === undefined)) return [];
  const has = promql === undefined ? 'neither promql nor ratio' : 'both promql and ratio';
  const hint = 'give a signal one of them: a query, or the part and the whole of a share';
  return [{ key: ['name'], code: 'SIGNAL_QUERY', message: `signal ${name} has ${has}`, hint }];
}

/** Thresholds: of the form that the direction asks for, and the worse the severity, the worse the limit. */
function limits(signal: Signal): Objection[] {
  const given = (['info', 'warn', 'page'] as const).flatMap((key) => {
    const limit = signal[key];
    return limit === undefined ? [] : [{ key, limit }];
  });
  const misshapen = given.flatMap(({ key, limit }) => shape(signal, [key], limit));
  if (misshapen.length > 0) return misshapen;
  return given.flatMap(({ key, limit }, index) => {
    const milder = given[index - 1];
    if (milder === undefined || isWorse(signal, limit, milder.limit)) return [];
    const message = `${key} of ${signal.name} is reached before ${milder.key}`;
    const hint = `for a signal with direction ${signal.direction}, ${orderHint(signal, milder.key, key)}`;
    return [{ key: [key], code: 'SIGNAL_LIMITS', message, hint }];
  });
}

function anchors(signal: Signal): Objection[] {
  const { score, direction, unit, name } = signal;
  if (score === undefined) return [];
  const misshapen = [
    ...shape(signal, ['score', 'good'], score.good),
    ...shape(signal, ['score', 'poor'], score.poor),
  ];
  if (misshapen.length > 0) return misshapen;
  if (direction === 'higher' && unit !== 'ratio') {
    const message = `${name} is no ratio: how good it is cannot be told from how much it is`;
    return [
      {
        key: ['score'],
        code: 'SIGNAL_SCORE',
        message,
        hint: 'score a ratio, or a signal of which less is better',
      },
    ];
  }
  const inRange = direction === 'band' || [score.good, score.poor].every((one) => isUsable(direction, one));
  if (inRange && isWorse(signal, score.poor, score.good)) return [];
  const message = `the anchors of ${name} are not in the order that its direction asks for`;
  return [{ key: ['score', 'poor'], code: 'SIGNAL_SCORE', message, hint: orderHint(signal, 'good', 'poor') }];
}

function prediction({ name, by, predict }: Signal, signals: readonly Signal[]): Objection[] {
  if (predict === undefined || typeof predict.limit === 'number') return [];
  const other = signals.find((signal) => signal.name === predict.limit);
  if (other !== undefined && [...other.by].sort().join() === [...by].sort().join()) return [];
  const key = ['predict', 'limit'];
  const code = 'SIGNAL_PREDICTION';
  if (other === undefined) {
    return [
      {
        key,
        code,
        message: `there is no signal ${predict.limit}`,
        hint: 'give a number, or the name of a signal',
      },
    ];
  }
  const message = `${name} and ${other.name} are recorded by different labels`;
  return [{ key, code, message, hint: `compare it with a signal by [${by.join(', ')}]` }];
}

function shape(signal: Signal, key: readonly string[], limit: Limit): Objection[] {
  const banded = signal.direction === 'band';
  if (isRange(limit) === banded) return [];
  const hint = banded ? 'write [lowest, highest]' : 'write one value; two are for direction: band';
  const message = `${key.join('.')} of ${signal.name} is for another direction than ${signal.direction}`;
  return [{ key, code: 'SIGNAL_LIMITS', message, hint }];
}

/** Curves are made of logarithms: 0 has none, and of a ratio that should be high its distance to 1 counts. */
function isUsable(direction: Signal['direction'], limit: Limit): boolean {
  return typeof limit === 'number' && limit > 0 && (direction === 'lower' || limit < 1);
}

function isWorse({ direction }: Signal, limit: Limit, than: Limit): boolean {
  if (isRange(limit)) return isRange(than) && limit[0] < than[0] && limit[1] > than[1] && than[0] < than[1];
  if (isRange(than)) return false;
  return direction === 'higher' ? limit < than : limit > than;
}

function orderHint({ direction }: Signal, mild: string, severe: string): string {
  if (direction === 'band') return `${severe} lies around ${mild}, on both sides`;
  return direction === 'higher' ? `0 < ${severe} < ${mild} < 1 for a ratio` : `0 < ${mild} < ${severe}`;
}
