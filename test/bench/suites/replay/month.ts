import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPart } from '@evenkeel/runtime';
import { normal, type Random, seeded } from '../baselines/random.ts';

const DAY_SECONDS = 86_400;
/** As often as signals are recorded, and baselines. */
const SIGNAL_SECONDS = 15;
const BASELINE_SECONDS = 60;

/** A piece of trouble every other day or so, of half an hour. */
const TROUBLES_PER_SAMPLE = SIGNAL_SECONDS / (2 * DAY_SECONDS);
const TROUBLE_SAMPLES = 1800 / SIGNAL_SECONDS;

export const DAYS = 30;
export const SIGNALS = 20;
export const SITES = ['leeds', 'lyon', 'graz'];

export function signalName(index: number): string {
  return `signal_${String(index).padStart(2, '0')}`;
}

/** Where the month ends: a whole day, so that the blocks of Prometheus are whole ones. */
export function endSeconds(): number {
  return Math.floor(Date.now() / 1000 / DAY_SECONDS) * DAY_SECONDS;
}

/** A month of twenty signals at three sites, as a Prometheus that recorded it would have it on disk. */
export async function writeMonth(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const data = join(directory, 'data');
  const series = allSeries();
  const first = endSeconds() - DAYS * DAY_SECONDS;
  for (let day = 0; day < DAYS; day += 1) {
    const file = join(directory, 'day.txt');
    writeDay(file, series, first + day * DAY_SECONDS);
    // A day at a time: promtool reads the whole of a file again for each block.
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data];
    await promisify(execFile)(await findPart('promtool'), args);
    rmSync(file);
  }
}

/** One signal of one site, which goes on from day to day. */
interface Series {
  labels: string;
  random: Random;
  noise: number;
  troubleLeft: number;
}

function allSeries(): Series[] {
  return SITES.flatMap((site, place) =>
    Array.from({ length: SIGNALS }, (_, index) => ({
      labels: `signal="${signalName(index)}",site="${site}",job="shop"`,
      random: seeded(1 + place * SIGNALS + index),
      ...{ noise: 0, troubleLeft: 0 },
    })),
  );
}

function writeDay(file: string, series: readonly Series[], from: number): void {
  const output = openSync(file, 'w');
  const [values, zscores, ready] = [[], [], []] as [string[], string[], string[]];
  const flush = (name: string, lines: string[]) => {
    writeSync(output, `# TYPE ${name} gauge\n${lines.join('\n')}\n`);
  };
  for (const one of series) {
    for (let at = from; at < from + DAY_SECONDS; at += SIGNAL_SECONDS) {
      const value = next(one);
      values.push(`evenkeel:signal:value{${one.labels}} ${value.toFixed(4)} ${at}`);
      if (at % BASELINE_SECONDS !== 0) continue;
      zscores.push(`evenkeel:baseline:zscore{${one.labels}} ${((value - 0.5) * 10).toFixed(3)} ${at}`);
      ready.push(`evenkeel:baseline:ready{${one.labels}} 1 ${at}`);
    }
  }
  flush('evenkeel:signal:value', values);
  flush('evenkeel:baseline:zscore', zscores);
  flush('evenkeel:baseline:ready', ready);
  flush('up', upLines(from));
  writeSync(output, '# EOF\n');
  closeSync(output);
}

function upLines(from: number): string[] {
  return Array.from(
    { length: DAY_SECONDS / SIGNAL_SECONDS },
    (_, sample) => `up{job="shop",instance="shop:9850"} 1 ${from + sample * SIGNAL_SECONDS}`,
  );
}

/** Noise that remembers some minutes, a tenth of its mean; and now and then trouble. */
function next(series: Series): number {
  series.noise = 0.95 * series.noise + 0.0312 * normal(series.random);
  if (series.troubleLeft > 0) series.troubleLeft -= 1;
  else if (series.random() < TROUBLES_PER_SAMPLE) series.troubleLeft = TROUBLE_SAMPLES;
  return 0.5 + series.noise + (series.troubleLeft > 0 ? 1 : 0);
}
